import type { IndexWord } from '../data/shapes'

/** The words of the European air-quality index, from the best to the worst. */
export const indexWords = ['good', 'fair', 'moderate', 'poor', 'very-poor', 'extremely-poor'] as const

/** 1 to 6: which colour of the scale. */
export const gradeOf = (word: IndexWord | null) => (word ? indexWords.indexOf(word) + 1 : null)

/** Upper ends of the European air-quality index in micrograms a cubic metre; the host judges by the same. */
const european: Record<string, readonly number[]> = {
  'PM2.5': [10, 20, 25, 50, 75],
  PM10: [20, 40, 50, 100, 150],
  NO2: [40, 90, 120, 230, 340],
  O3: [50, 100, 130, 240, 380],
  SO2: [100, 200, 350, 500, 750],
}

export const indexOf = (measure: string): readonly number[] | null => european[measure] ?? null

/** For a measure without an index: sixths of the values that are shown, so that the same colours still tell more from less. */
export function endsOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((one, other) => one - other)
  if (sorted.length === 0) return []
  const low = sorted[0] ?? 0
  const high = sorted.at(-1) ?? 0
  return [1, 2, 3, 4, 5].map(part => low + ((high - low) * part) / 6)
}

/** Upper ends of bands say which grade a value has; above the last is the highest. */
export function gradeIn(ends: readonly number[], value: number): number {
  const at = ends.findIndex(end => value <= end)
  return at < 0 ? ends.length + 1 : at + 1
}

export interface Band {
  grade: number
  from: number | null
  to: number | null
}

export const bandsOf = (ends: readonly number[]): Band[] =>
  ends.length === 0
    ? []
    : [...ends, null].map((to, at) => ({ grade: at + 1, from: at === 0 ? null : (ends[at - 1] ?? null), to }))
