import { Skeleton } from '@mantine/core'
import { IconDatabaseOff, IconError404 } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import type { Neighbour, Series } from '../data/shapes'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { unitText } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'
import { useValueFormat } from '../parts/useValueFormat'
import { AheadTable } from './AheadTable'
import { AnswerFacts } from './AnswerFacts'
import { AskDate } from './AskDate'
import { Neighbours } from './Neighbours'
import { Quality } from './Quality'
import styles from './Series.module.css'
import { SeriesChart } from './SeriesChart'
import { SeriesTools } from './SeriesTools'
import { useOutlook, useSeriesPage } from './useSeriesPage'
import { Validity } from './Validity'

// Comes when it is asked for.
const Unusual = lazy(() => import('./Unusual'))

/** A series: what was measured, what is expected, how sure that is and why. */
export function SeriesPage() {
  const { t } = useTranslation()
  const page = useSeriesPage()
  const { all, series } = page
  const time = useStepTime(page.step)
  if (!series)
    return (
      <Frame title={t('forecast.page.series')}>
        {all.isPending ? (
          <Skeleton height={400} />
        ) : all.isError ? (
          <ProblemNotice problem={all.error} onRetry={() => void all.refetch()} />
        ) : (
          <Notice icon={IconError404} title={t('forecast.series.gone')} />
        )}
      </Frame>
    )
  const about = t(series.step === 'day' ? 'forecast.series.aboutDays' : 'forecast.series.aboutHours', {
    unit: unitText(series.unit),
    from: series.firstAt ? time.day(Date.parse(series.firstAt)) : '–',
    to: series.lastAt ? time.day(Date.parse(series.lastAt)) : '–',
  })
  return (
    <Frame title={`${series.measure} · ${series.station}`} about={about} tools={<SeriesTools {...page} />}>
      {series.lastAt ? (
        <Known
          series={series}
          days={page.days}
          ahead={page.ahead}
          level={Number(page.level)}
          usual={page.usual}
          onUsual={usual => page.change({ usual: usual ? '1' : '0' })}
        />
      ) : (
        <Notice icon={IconDatabaseOff} title={t('forecast.series.noValues')} />
      )}
    </Frame>
  )
}

interface KnownProps {
  series: Series
  days: number
  ahead: number
  level: number
  /** Is shown what was usual, and what was not. */
  usual: boolean
  onUsual: (usual: boolean) => void
}

function Known({ series, days, ahead, level, usual, onUsual }: KnownProps) {
  const { t } = useTranslation()
  const { values, prediction, unusual, history, outlook, span } = useOutlook(series, days, ahead, level, usual)
  const [laid, setLaid] = useState<Neighbour | null>(null)
  const valueText = useValueFormat(history?.highest ?? series.lastValue)
  if (values.isError) return <ProblemNotice problem={values.error} onRetry={() => void values.refetch()} />
  return (
    <div className={styles.parts}>
      <Panel
        title={t('forecast.series.chart')}
        tools={
          <label className={styles.check}>
            <input type="checkbox" checked={usual} onChange={event => onUsual(event.currentTarget.checked)} />
            {t('forecast.series.usual')}
          </label>
        }
      >
        {prediction.data && <Validity prediction={prediction.data} asked={ahead} />}
        {prediction.isError && <ProblemNotice problem={prediction.error} onRetry={() => void prediction.refetch()} />}
        <SeriesChart
          series={series}
          span={span}
          values={values.data}
          history={history}
          prediction={prediction.data}
          outlook={outlook}
          unusual={usual ? unusual.data : undefined}
          laid={laid}
          valueText={valueText}
          stale={values.isPlaceholderData || prediction.isPlaceholderData}
        />
      </Panel>
      {usual && (
        <Suspense fallback={<Skeleton height={120} />}>
          <Unusual unusual={unusual} valueText={valueText} />
        </Suspense>
      )}
      {prediction.data && (
        <>
          <AnswerFacts prediction={prediction.data} valueText={valueText} />
          <div className={styles.pair}>
            <AheadTable prediction={prediction.data} valueText={valueText} />
            <Neighbours
              prediction={prediction.data}
              valueText={valueText}
              laid={laid}
              onLay={neighbour => setLaid(neighbour === laid ? null : neighbour)}
            />
          </div>
          <AskDate series={series} level={level} valueText={valueText} />
        </>
      )}
      {history && <Quality series={series} history={history} valueText={valueText} />}
    </div>
  )
}
