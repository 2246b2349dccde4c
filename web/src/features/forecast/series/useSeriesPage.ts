import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { predictionQuery, seriesQuery, unusualQuery, valuesQuery } from '../data/calls'
import type { Series } from '../data/shapes'
import { stepMs } from '../parts/units'
import { historyOf, outlookOf, rangeOf } from './plot'

export const levels = ['0.5', '0.8', '0.9', '0.95', '0.99'] as const
export type Level = (typeof levels)[number]

export const horizons = { hour: [24, 48, 72, 168], day: [7, 14, 28, 60] } as const

const dayMs = 86_400_000

/** The state of the page of a series is its address. */
export function useSeriesPage() {
  const { id } = useParams({ from: '/shell/forecast/series/$id' })
  const search = useSearch({ from: '/shell/forecast/series/$id' })
  const navigate = useNavigate({ from: '/forecast/series/$id' })
  const all = useQuery(seriesQuery)
  const series = all.data?.find(one => String(one.id) === id || one.key === id)
  const beside = useMemo(() => all.data?.filter(one => one.station === series?.station) ?? [], [all.data, series])
  const step = series?.step ?? 'hour'
  const level: Level = levels.find(one => one === search.level) ?? '0.9'
  const days = rangeOf(search.days, step)
  const ahead = Math.min(336, Math.max(1, Math.round(Number(search.ahead)) || (step === 'day' ? 14 : 24)))
  // A volume of logs is watched for what is unusual; of other series it is shown when asked for.
  const usual = (search.usual ?? (series?.measure === 'records' ? '1' : '0')) === '1'
  const change = (patch: Record<string, string | undefined>) =>
    void navigate({ search: { ...search, ...patch }, replace: true })
  return { id, all, series, beside, step, level, days, ahead, usual, change }
}

/** What is known of the series, and what is expected of it. */
export function useOutlook(series: Series, days: number, ahead: number, level: number, usual: boolean) {
  const { from, to } = useMemo(() => {
    const last = Date.parse(series.lastAt ?? '') || 0
    return { from: new Date(last - days * dayMs).toISOString(), to: new Date(last).toISOString() }
  }, [series, days])
  const values = useQuery({ ...valuesQuery(series.key, from, to), enabled: series.lastAt !== null })
  const prediction = useQuery({ ...predictionQuery(series.key, ahead, level), enabled: series.lastAt !== null })
  const unusual = useQuery({ ...unusualQuery(series.key, from, to), enabled: usual && series.lastAt !== null })
  const history = useMemo(() => values.data && historyOf(values.data), [values.data])
  const outlook = useMemo(
    () => prediction.data && outlookOf(prediction.data, history?.rows.at(-1)),
    [prediction.data, history],
  )
  const span = { from: Date.parse(from), to: Date.parse(to) + ahead * stepMs(series.step) }
  return { values, prediction, unusual, history, outlook, span }
}
