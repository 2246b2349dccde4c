import type { Tone } from '../standing'
import type { OpenedBooking, SagaCall, SagaStep } from '../types'

export interface TimelineStep {
  step: SagaStep
  tone: Tone
  calls: SagaCall[]
}

const tones: Record<string, Tone> = { done: 'good', refused: 'bad', unknown: 'busy', sent: 'busy' }

/** The steps of all sagas of a booking in the order they were taken, each with the calls made under its key. */
export function timelineOf({ runs, steps, calls }: OpenedBooking['sagas']): TimelineStep[] {
  const began = new Map(runs.map(run => [run.id, Date.parse(run.createdAt)]))
  const at = (step: SagaStep) => Date.parse(step.sentAt ?? step.updatedAt)
  return [...steps]
    .sort((one, other) => (began.get(one.run) ?? 0) - (began.get(other.run) ?? 0) || at(one) - at(other))
    .map(step => ({
      step,
      tone: tones[step.state] ?? 'calm',
      calls: calls.filter(call => step.externalKey !== null && call.externalKey === step.externalKey),
    }))
}

export const tookMs = ({ sentAt, endedAt }: Pick<SagaCall, 'sentAt' | 'endedAt'>) =>
  Math.max(0, Date.parse(endedAt) - Date.parse(sentAt))
