import { expect, it } from 'vitest'
import { byUrgency, healthOf, promiseTone, toneOf } from './standing'
import type { DeskBooking } from './types'

const booking = (number: number, state: string, promiseBy: string | null = null) =>
  ({ number, state, promiseBy }) as DeskBooking
const now = Date.parse('2026-11-21T18:00:00Z')

it('Who needs a person comes first, then whose promise ends first, then the settled', () => {
  const list = [
    booking(1, 'confirmed', '2026-11-21T10:00:00Z'),
    booking(2, 'held', '2026-11-21T19:00:00Z'),
    booking(3, 'awaiting-payment'),
    booking(4, 'needs-operator', '2026-11-21T23:00:00Z'),
    booking(5, 'awaiting-venue', '2026-11-21T18:10:00Z'),
    booking(6, 'cancelled'),
  ]
  expect(list.sort(byUrgency).map(({ number }) => number)).toEqual([4, 5, 2, 3, 6, 1])
})

it('A promise is urgent while it can still be kept, and bad when it was not', () => {
  expect(promiseTone('2026-11-21T19:00:00Z', 'held', now)).toBe('calm')
  expect(promiseTone('2026-11-21T18:10:00Z', 'held', now)).toBe('busy')
  expect(promiseTone('2026-11-21T17:59:00Z', 'held', now)).toBe('bad')
  expect(promiseTone('2026-11-21T17:59:00Z', 'confirmed', now)).toBe('calm')
  expect(promiseTone(null, 'held', now)).toBe('calm')
})

it('A vendor that is kept away from is down; one nobody asks is quiet, not well', () => {
  expect(healthOf({ breaker: 'open', calls: 10, failed: 0 })).toBe('down')
  expect(healthOf({ breaker: 'half-open', calls: 1, failed: 0 })).toBe('unsteady')
  expect(healthOf({ breaker: 'closed', calls: 0, failed: 0 })).toBe('quiet')
  expect(healthOf({ breaker: 'closed', calls: 10, failed: 9 })).toBe('down')
  expect(healthOf({ breaker: 'closed', calls: 10, failed: 1 })).toBe('unsteady')
  expect(healthOf({ breaker: 'closed', calls: 10, failed: 0 })).toBe('up')
})

it('An unknown state is on the way', () => {
  expect(toneOf('something new')).toBe('busy')
})
