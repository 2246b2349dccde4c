import type { Histogram } from '~/api/types'
import { type Level, levels } from '../levels'

export interface Bar {
  /** Start, in milliseconds. */
  at: number
  counts: Partial<Record<Level, number>>
  total: number
}

export interface Bars {
  bars: Bar[]
  stepMs: number
  /** Span of the bars; its ends are whole steps and may reach a little past the range. */
  from: number
  to: number
  highest: number
  totals: Partial<Record<Level, number>>
  total: number
}

/** The answer of the server as bars without gaps: a time without records is a bar of nothing. */
export function barsOf(histogram: Histogram): Bars {
  const stepMs = Math.max(1, histogram.stepSeconds * 1_000)
  const given = new Map(histogram.buckets.map(bucket => [Date.parse(bucket.at), bucket.counts]))
  const starts = [...given.keys()]
  const anchor = starts[0] ?? Math.floor(Date.parse(histogram.from) / stepMs) * stepMs
  const first = anchor - Math.max(0, Math.ceil((anchor - Date.parse(histogram.from)) / stepMs)) * stepMs
  const end = Math.max(Date.parse(histogram.to), ...starts.map(start => start + 1))
  const totals: Partial<Record<Level, number>> = {}
  const bars: Bar[] = []
  for (let at = first; at < end && bars.length < barsMax; at += stepMs) {
    const counts: Partial<Record<Level, number>> = {}
    let total = 0
    for (const level of levels) {
      const count = given.get(at)?.[level] ?? 0
      if (count === 0) continue
      counts[level] = count
      totals[level] = (totals[level] ?? 0) + count
      total += count
    }
    bars.push({ at, counts, total })
  }
  const highest = bars.reduce((most, bar) => Math.max(most, bar.total), 0)
  return { bars, stepMs, from: first, to: first + bars.length * stepMs, highest, totals, total: histogram.total }
}

/** More than the server ever sends; keeps a wrong step from filling the memory. */
const barsMax = 1_000

const nice = [
  1, 5, 10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
].map(s => s * 1_000)

/** Times to write below the bars: round in the reader's zone, and no more than fit. */
export function ticksOf(from: number, to: number, most: number, zoneOffsetMs: number): number[] {
  const step = nice.find(candidate => (to - from) / candidate <= most) ?? nice.at(-1) ?? 1
  const ticks: number[] = []
  for (let at = Math.ceil((from + zoneOffsetMs) / step) * step - zoneOffsetMs; at < to; at += step) ticks.push(at)
  return ticks
}
