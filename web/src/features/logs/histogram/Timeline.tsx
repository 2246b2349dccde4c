import { Skeleton, useComputedColorScheme } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { wallTime } from '~/ui/time'
import { useExplorer } from '../explorer'
import { Brush } from './Brush'
import { type Bars, barsOf, ticksOf } from './bars'
import styles from './Timeline.module.css'
import { timelineQuery } from './timelineQuery'

// Fetched beside the bars it will draw, not after them.
const loadPlot = () => import('./Plot')
const Plot = lazy(loadPlot)

/** Records over time by level; a stretch that is brushed becomes the range. */
export function Timeline({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation()
  const { address, run, undoZoom } = useExplorer()
  const scheme = useComputedColorScheme('dark')
  const { data, error, isPlaceholderData } = useQuery(timelineQuery(address, narrow, run))
  const bars = useMemo(() => data && barsOf(data), [data])
  useEffect(() => void loadPlot(), [])
  return (
    <section className={styles.timeline} aria-label={t('timeline.title')} data-stale={isPlaceholderData || undefined}>
      {bars ? (
        <>
          <div className={styles.canvas}>
            <Highest value={bars.highest} />
            <Suspense fallback={null}>
              <Plot bars={bars} scheme={scheme} />
            </Suspense>
            <Brush bars={bars} />
          </div>
          <Axis bars={bars} narrow={narrow} />
        </>
      ) : error ? (
        <p className={styles.nothing}>{error instanceof Problem && error.isQuery ? '' : t('timeline.failed')}</p>
      ) : (
        <Skeleton className={styles.skeleton} />
      )}
      {undoZoom && (
        <button type="button" className={styles.undo} onClick={undoZoom}>
          <IconArrowBackUp size={14} aria-hidden />
          {t('timeline.undo')}
        </button>
      )}
    </section>
  )
}

function Highest({ value }: { value: number }) {
  const { compact } = useNumberFormat()
  return value > 0 ? (
    <span className={styles.highest} aria-hidden="true">
      {compact(value)}
    </span>
  ) : null
}

function Axis({ bars: { from, to }, narrow }: { bars: Bars; narrow: boolean }) {
  const { most, edge } = narrow ? { most: 4, edge: 0.12 } : { most: 12, edge: 0.04 }
  const { zone, tick } = useTimeFormat()
  const offset = Date.parse(`${wallTime(from, zone)}Z`) - Math.floor(from / 1_000) * 1_000
  return (
    <div className={styles.axis} aria-hidden="true">
      {/* A time too near to the right end would be cut off. */}
      {ticksOf(from, to - (to - from) * edge, most, offset).map(at => (
        <span key={at} style={{ left: `${((at - from) / (to - from)) * 100}%` }}>
          {tick(at, to - from)}
        </span>
      ))}
    </div>
  )
}
