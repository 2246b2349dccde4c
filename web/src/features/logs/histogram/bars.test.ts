import { expect, it } from 'vitest'
import type { Histogram } from '~/api/types'
import { barsOf, ticksOf } from './bars'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, seconds)).toISOString()
const histogram = (patch: Partial<Histogram>): Histogram => ({
  from: at(0),
  to: at(60),
  stepSeconds: 10,
  buckets: [],
  total: 0,
  stats: { elapsedMs: 1, rowsRead: 0, bytesRead: 0 },
  ...patch,
})

it('Times without records are bars of nothing', () => {
  const { bars, totals, highest } = barsOf(
    histogram({
      buckets: [
        { at: at(10), counts: { error: 2, info: 3 } },
        { at: at(40), counts: { info: 1 } },
      ],
    }),
  )
  expect(bars.map(bar => bar.total)).toEqual([0, 5, 0, 0, 1, 0])
  expect(totals).toEqual({ error: 2, info: 4 })
  expect(highest).toBe(5)
})

it('Bars keep the beat of the server when the range begins between two', () => {
  const { bars, from, to } = barsOf(
    histogram({ from: at(3), to: at(33), buckets: [{ at: at(20), counts: { info: 1 } }] }),
  )
  expect(new Date(from).toISOString()).toBe(at(0))
  expect(new Date(to).toISOString()).toBe(at(40))
  expect(bars).toHaveLength(4)
})

it('A range without any record has bars too', () => {
  expect(barsOf(histogram({})).bars).toHaveLength(6)
})

it('A step that is wrong does not fill the memory', () => {
  expect(barsOf(histogram({ stepSeconds: 0 })).bars.length).toBeLessThanOrEqual(1_000)
})

it('Ticks are round in the zone of the reader', () => {
  const from = Date.parse('2026-11-21T10:07:00Z')
  const ticks = ticksOf(from, from + 86_400_000, 12, 5.5 * 3_600_000)
  const indian = ticks.map(tick => new Date(tick + 5.5 * 3_600_000).toISOString().slice(11, 16))
  expect(indian.length).toBeLessThanOrEqual(12)
  expect(indian.every(time => /^[012][02468]:00$/.test(time))).toBe(true)
})
