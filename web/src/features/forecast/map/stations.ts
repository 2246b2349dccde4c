import type { IndexWord, Point, Series } from '../data/shapes'
import { endsOf, gradeIn, indexOf, indexWords } from '../parts/grades'

/** A station as the map and the list beside it show it. */
export interface Shown {
  series: Series
  /** Of what is shown: measured, or forecast so many steps ahead. */
  value: number | null
  at: string | null
  lower: number | null
  upper: number | null
  kind: Point['kind'] | 'measured'
  grade: number | null
  word: IndexWord | null
}

export interface Measure {
  name: string
  unit: string
  series: number
}

/** Measures that can be shown: fine dust, then what else has an index, then by how many stations have them. */
export function measuresOf(series: readonly Series[]): Measure[] {
  const byName = new Map<string, Measure>()
  for (const { measure, unit } of series) {
    const known = byName.get(measure) ?? { name: measure, unit, series: 0 }
    byName.set(measure, { ...known, series: known.series + 1 })
  }
  const rank = ({ name }: Measure) => (name === 'PM2.5' ? 0 : indexOf(name) ? 1 : 2)
  return [...byName.values()].sort(
    (one, other) => rank(one) - rank(other) || other.series - one.series || one.name.localeCompare(other.name),
  )
}

/** Colours by the index of the measure, or by sixths of what is shown where there is none. */
export function shownOf(
  series: readonly Series[],
  ahead: ReadonlyMap<string, Point>,
  step: number,
): { shown: Shown[]; ends: readonly number[] } {
  const valued = series.map(one => {
    const point = step === 0 ? undefined : ahead.get(one.key)
    return step === 0
      ? { series: one, value: one.lastValue, at: one.lastAt, lower: null, upper: null, kind: 'measured' as const }
      : {
          series: one,
          value: point?.value ?? null,
          at: point?.at ?? null,
          lower: point?.lower ?? null,
          upper: point?.upper ?? null,
          kind: point?.kind ?? ('baseline' as const),
        }
  })
  const index = indexOf(series[0]?.measure ?? '')
  const ends = index ?? endsOf(valued.flatMap(({ value }) => (value === null ? [] : [value])))
  const shown = valued.map(one => {
    const grade = one.value === null || ends.length === 0 ? null : gradeIn(ends, one.value)
    return { ...one, grade, word: index && grade ? (indexWords[grade - 1] ?? null) : null }
  })
  return { ends, shown: shown.sort((one, other) => (other.value ?? -Infinity) - (one.value ?? -Infinity)) }
}
