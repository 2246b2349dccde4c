import { expect, it } from 'vitest'
import { isOld, isStale, newestOf } from './ages'
import type { Shown } from './stations'

const at = (iso: string | null, value: number | null = 1, step: 'hour' | 'day' = 'hour') =>
  ({ at: iso, value, series: { step } }) as Shown

it('A station is stale against the newest one shown, by its own step', () => {
  const shown = [at('2026-11-21T16:00:00Z'), at('2026-11-21T11:00:00Z'), at('2017-02-28T16:00:00Z'), at(null, null)]
  const newest = newestOf(shown)
  expect(newest).toBe(Date.parse('2026-11-21T16:00:00Z'))
  expect(shown.map(one => isStale(one, newest))).toEqual([false, false, true, false])
  expect(isStale(at('2026-11-20T00:00:00Z'), newest)).toBe(true)
  expect(isStale(at('2026-11-20T00:00:00Z', 1, 'day'), newest)).toBe(false)
  expect(isStale(at('2026-11-17T00:00:00Z', 1, 'day'), newest)).toBe(true)
})

it('A time without a value makes nothing else stale', () => {
  expect(newestOf([at('2026-11-21T16:00:00Z', null), at('2017-02-28T16:00:00Z')])).toBe(
    Date.parse('2017-02-28T16:00:00Z'),
  )
  expect(newestOf([])).toBe(0)
})

it('What was measured days ago is not how it is now', () => {
  const now = Date.parse('2026-11-21T16:00:00Z')
  expect(isOld(now - 86_400_000, now)).toBe(false)
  expect(isOld(now - 3 * 86_400_000, now)).toBe(true)
  expect(isOld(0, now)).toBe(false)
})
