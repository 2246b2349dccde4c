import type { Point, Prediction, Step, Value, Values } from '../data/shapes'
import { stepMs } from '../parts/units'

/** [time, value]; a null breaks the line, where nothing was measured. */
export type Row = [at: number, value: number | null]

export interface Stretch {
  from: number
  to: number
  steps: number
}

export interface History {
  rows: Row[]
  gaps: Stretch[]
  corrected: Value[]
  /** By size, for how values are written. */
  highest: number
}

/** The measured values as a line that does not lie over its gaps. */
export function historyOf({ values, step }: Pick<Values, 'values' | 'step'>): History {
  const every = stepMs(step)
  const rows: Row[] = []
  const gaps: Stretch[] = []
  let last: number | null = null
  for (const { at, value } of values) {
    const time = Date.parse(at)
    // A day of a zone with daylight saving has 23 to 25 hours: only a whole step too many is a gap.
    if (last !== null && time - last >= 1.5 * every) {
      rows.push([last + every / 2, null])
      gaps.push({ from: last, to: time, steps: Math.round((time - last) / every) - 1 })
    }
    rows.push([time, value])
    last = time
  }
  const highest = values.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0)
  return { rows, gaps, corrected: values.filter(value => value.corrected), highest }
}

export interface Outlook {
  line: Row[]
  band: [at: number, lower: number, upper: number][]
  /** From when on nothing was validated; null when all of it was. */
  beyondFrom: number | null
}

/** The forecast, joined to the last measured value so that the eye follows. */
export function outlookOf({ points, validatedHorizon }: Prediction, last: Row | undefined): Outlook {
  const join: Row[] = last && last[1] !== null ? [last] : []
  const band = points.flatMap(({ at, lower, upper }): Outlook['band'] =>
    lower === null || upper === null ? [] : [[Date.parse(at), lower, upper]],
  )
  const start = join[0]
  const first = band[0]
  if (start && start[1] !== null && first && points[0] && first[0] === Date.parse(points[0].at))
    band.unshift([start[0], start[1], start[1]])
  const beyond = points.find(
    ({ step, kind }) => kind === 'climatology' || (validatedHorizon > 0 && step > validatedHorizon),
  )
  return {
    line: [...join, ...points.map(({ at, value }): Row => [Date.parse(at), value])],
    band,
    beyondFrom: beyond ? Date.parse(beyond.at) : null,
  }
}

/** What followed a past situation, laid over the time of the forecast. */
export function pathOf(values: readonly Value[], from: string, dataUntil: string): Row[] {
  const shift = Date.parse(dataUntil) - Date.parse(from)
  return values.map(({ at, value }): Row => [Date.parse(at) + shift, value])
}

export interface Reading {
  at: number
  value: number | null
  point: Point | null
  corrected: Value | null
}

/** What is there at a moment: the nearest measured value or forecast; a gap has none. */
export function readingAt(
  moment: number,
  values: readonly Value[],
  points: readonly Point[],
  step: Step,
): Reading | null {
  const within = stepMs(step) / 2
  const measured = nearest(values, moment)
  if (measured && Math.abs(Date.parse(measured.at) - moment) <= within)
    return {
      at: Date.parse(measured.at),
      value: measured.value,
      point: null,
      corrected: measured.corrected ? measured : null,
    }
  const point = nearest(points, moment)
  if (point && Math.abs(Date.parse(point.at) - moment) <= within)
    return { at: Date.parse(point.at), value: null, point, corrected: null }
  return null
}

function nearest<T extends { at: string }>(list: readonly T[], moment: number): T | null {
  let low = 0
  let high = list.length - 1
  if (high < 0) return null
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (Date.parse(list[middle]?.at ?? '') <= moment) low = middle
    else high = middle
  }
  const [one, other] = [list[low], list[high]]
  if (!one || !other) return one ?? other ?? null
  return moment - Date.parse(one.at) <= Date.parse(other.at) - moment ? one : other
}

/** The last so many days of what is known, or a stretch that ends earlier. */
export const ranges = {
  hour: [3, 7, 30, 90, 365],
  day: [30, 90, 365, 730],
} as const

export const rangeOf = (wanted: string | undefined, step: Step): number => {
  const days = Number(wanted)
  const offered: readonly number[] = ranges[step]
  return offered.includes(days) ? days : (offered[1] ?? 30)
}
