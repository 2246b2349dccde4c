import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { predictionQuery, seriesQuery } from '../data/calls'
import type { Point } from '../data/shapes'
import { measuresOf, shownOf } from './stations'

/** Stations that are forecast for one look at the map; a longer list shows what was measured. */
const forecastMax = 60

const level = 0.9

/** The stations of a measure, now or so many steps ahead. */
export function useShown(measure: string | undefined, step: number) {
  const all = useQuery(seriesQuery)
  const measures = useMemo(() => measuresOf(all.data ?? []), [all.data])
  const chosen = measures.find(({ name }) => name === measure) ?? measures[0]
  const series = useMemo(() => (all.data ?? []).filter(one => one.measure === chosen?.name), [all.data, chosen])
  const asked = step === 0 ? [] : series.slice(0, forecastMax)
  const points = useQueries({
    queries: asked.map(one => predictionQuery(one.key, step, level, 0)),
    combine: answers => {
      const at = new Map<string, Point>()
      for (const { data } of answers) {
        const point = data?.points.find(one => one.step === step)
        if (data && point) at.set(data.series, point)
      }
      return {
        at,
        isPending: answers.some(answer => answer.isPending),
        failed: answers.find(answer => answer.error)?.error,
      }
    },
  })
  const { shown, ends } = useMemo(() => shownOf(series, points.at, step), [series, points.at, step])
  return { all, measures, chosen, series, shown, ends, isForecasting: points.isPending, failed: points.failed, level }
}
