import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { wallTime } from '~/ui/time'
import { Chart, ChartKey } from '../chart/Chart'
import { type Picture, timesBetween } from '../chart/picture'
import { valuesQuery } from '../data/calls'
import type { Neighbour, Prediction, Series, Unusual, Values } from '../data/shapes'
import { stepMs, unitText } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'
import { type History, type Outlook, pathOf } from './plot'
import { Reader } from './Reader'

interface Props {
  series: Series
  span: { from: number; to: number }
  values: Values | undefined
  history: History | undefined
  prediction: Prediction | undefined
  outlook: Outlook | undefined
  /** What was usual, where it is to be shown. */
  unusual: Unusual | undefined
  /** A past situation laid over the forecast. */
  laid: Neighbour | null
  valueText: (value: number | null) => string
  stale: boolean
}

export function SeriesChart(props: Props) {
  const { series, span, values, history, prediction, outlook, unusual, laid, valueText, stale } = props
  const { t } = useTranslation()
  const time = useStepTime(series.step)
  const narrow = useMediaQuery('(max-width: 720px)') ?? false
  const path = usePath(series, prediction, laid)
  const picture = useMemo<Picture | undefined>(() => {
    if (!history) return undefined
    const { from, to } = span
    const offsetAt = (at: number) => Date.parse(`${wallTime(at, time.zone)}Z`) - Math.floor(at / 1_000) * 1_000
    const offset = offsetAt(from)
    return {
      from,
      to,
      fromZero: Math.min(...history.rows.map(row => row[1] ?? 0)) >= 0,
      lines: [
        { name: 'history', points: history.rows, colour: 'text-2' },
        ...(outlook ? [{ name: 'forecast', points: outlook.line, colour: 'accent', width: 2.25 }] : []),
        ...(path ? [{ name: 'path', points: path, colour: 'level-warn', style: 'dashed' as const, width: 2 }] : []),
      ],
      band: outlook?.band ?? [],
      usual: unusual?.points.map(({ at, lower, upper }) => [Date.parse(at), lower, upper] as const) ?? [],
      dots: [
        {
          colour: 'level-warn',
          points: history.corrected.map(({ at, value }) => [Date.parse(at), value] as const),
        },
        { colour: 'level-error', points: unusualDots(unusual) },
      ],
      shades: [
        ...history.gaps.map(gap => ({ ...gap, kind: 'gap' as const })),
        ...(outlook?.beyondFrom ? [{ from: outlook.beyondFrom, to, kind: 'beyond' as const }] : []),
      ],
      rules: prediction ? [Date.parse(prediction.dataUntil)] : [],
      // Clocks may change between the first and the last: each mark stands at a round hour of its own day.
      ticks: timesBetween(from, to, narrow ? 4 : 9, offset)
        .map(at => at + offset - offsetAt(at))
        .map(at => ({ at, text: time.tick(at, to - from) })),
    }
  }, [history, outlook, unusual, path, prediction, span, time, narrow])
  const label = t('forecast.series.picture', {
    series: series.key,
    unit: unitText(series.unit),
    gaps: history?.gaps.length ?? 0,
  })
  return (
    <>
      <Chart label={label} picture={picture} valueText={valueText} stale={stale} size="tall">
        {picture && values ? (
          <Reader
            picture={picture}
            values={values.values}
            points={prediction?.points ?? []}
            step={series.step}
            unit={unitText(series.unit)}
            valueText={valueText}
          />
        ) : (
          <Skeleton height="100%" />
        )}
      </Chart>
      <ChartKey
        items={[
          { name: t('forecast.series.measured'), colour: 'text-2', kind: 'solid' },
          { name: t('forecast.series.expected'), colour: 'accent', kind: 'solid' },
          {
            name: t('forecast.interval', { level: Math.round((prediction?.level ?? 0.9) * 100) }),
            colour: 'accent',
            kind: 'area',
          },
          ...(unusual
            ? [
                { name: t('forecast.unusual.band'), colour: 'text-3', kind: 'area' as const },
                { name: t('forecast.unusual.title'), colour: 'level-error', kind: 'dot' as const },
              ]
            : []),
          ...(history?.gaps.length
            ? [{ name: t('forecast.series.gap'), colour: 'level-none', kind: 'area' as const }]
            : []),
          ...(history?.corrected.length
            ? [{ name: t('forecast.series.corrected'), colour: 'level-warn', kind: 'dot' as const }]
            : []),
          ...(outlook?.beyondFrom
            ? [{ name: t('forecast.series.unvalidated'), colour: 'caution', kind: 'area' as const }]
            : []),
          ...(path ? [{ name: t('forecast.series.then'), colour: 'level-warn', kind: 'dashed' as const }] : []),
        ]}
      />
    </>
  )
}

const unusualDots = (unusual: Unusual | undefined) =>
  unusual?.points.flatMap(({ at, value, unusual: out }) =>
    out && value !== null ? [[Date.parse(at), value] as const] : [],
  ) ?? []

/** What followed the situation that is laid over, in the series where it was. */
function usePath(series: Series, prediction: Prediction | undefined, laid: Neighbour | null) {
  const from = laid?.from ?? ''
  const reach = (prediction?.points.at(-1)?.step ?? 0) * stepMs(series.step)
  const to = laid ? new Date(Date.parse(from) + reach).toISOString() : ''
  const { data } = useQuery({
    ...valuesQuery(`${series.measure}@${laid?.station}`, from, to),
    enabled: laid !== null,
    placeholderData: undefined,
  })
  return useMemo(
    () => (laid && data && prediction ? pathOf(data.values, laid.from, prediction.dataUntil) : null),
    [laid, data, prediction],
  )
}
