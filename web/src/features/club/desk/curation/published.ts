import { oneOf, type Tone } from '../standing'

/** Whether members see it: the same words for experiences and for pieces of the collection. */
export const publishing = ['draft', 'published', 'archived'] as const

const tones: Record<string, Tone> = { published: 'good', draft: 'busy', archived: 'calm' }

export const publishedOf = (state: string) => oneOf(publishing, state, 'draft')

export const publishedTone = (state: string): Tone => tones[state] ?? 'busy'
