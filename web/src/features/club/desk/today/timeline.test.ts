import { expect, it } from 'vitest'
import type { OpenedBooking, SagaCall, SagaStep } from '../types'
import { timelineOf, tookMs } from './timeline'

const run = (id: string, createdAt: string) => ({ id, createdAt }) as OpenedBooking['sagas']['runs'][number]
const step = (runId: string, name: string, state: string, updatedAt: string, externalKey: string | null = null) =>
  ({ run: runId, name, state, updatedAt, externalKey, sentAt: null }) as SagaStep
const call = (externalKey: string, operation: string) => ({ externalKey, operation }) as SagaCall

it('Steps stand in the order they were taken, a cancellation after the booking it undoes', () => {
  const timeline = timelineOf({
    runs: [run('cancel', '2026-11-21T11:00:00Z'), run('book', '2026-11-21T10:00:00Z')],
    steps: [
      step('cancel', 'refund', 'planned', '2026-11-21T11:00:01Z'),
      step('book', 'redeem', 'done', '2026-11-21T10:00:03Z', 'k2'),
      step('book', 'book', 'refused', '2026-11-21T10:00:02Z', 'k1'),
    ],
    calls: [call('k1', 'book'), call('k2', 'redeem'), call('k1', 'find')],
  })
  expect(timeline.map(({ step: { name }, tone }) => [name, tone])).toEqual([
    ['book', 'bad'],
    ['redeem', 'good'],
    ['refund', 'calm'],
  ])
  expect(timeline[0]?.calls.map(({ operation }) => operation)).toEqual(['book', 'find'])
  // A step without a key is no vendor's, so no call is its own.
  expect(timeline[2]?.calls).toEqual([])
})

it('A call took as long as it did, and never less than nothing', () => {
  expect(tookMs({ sentAt: '2026-11-21T10:00:00.100Z', endedAt: '2026-11-21T10:00:00.350Z' })).toBe(250)
  expect(tookMs({ sentAt: '2026-11-21T10:00:01Z', endedAt: '2026-11-21T10:00:00Z' })).toBe(0)
})
