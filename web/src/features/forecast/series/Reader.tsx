import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { edges, type Picture } from '../chart/picture'
import type { Point, Step, Value } from '../data/shapes'
import { Grade } from '../parts/Grade'
import { stepMs } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'
import { type Reading, readingAt } from './plot'
import styles from './Series.module.css'

interface Props {
  picture: Picture
  values: readonly Value[]
  points: readonly Point[]
  step: Step
  unit: string
  valueText: (value: number | null) => string
}

/** Reads the chart: with a pointer, or step by step with the arrow keys. */
export function Reader({ picture: { from, to }, values, points, step, unit, valueText }: Props) {
  const { t } = useTranslation()
  const time = useStepTime(step)
  const [moment, setMoment] = useState<number | null>(null)
  const reading = moment === null ? null : readingAt(moment, values, points, step)
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left - edges.left) / Math.max(1, box.width - edges.left - edges.right)
    setMoment(share < 0 || share > 1 ? null : from + share * (to - from))
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -24, PageDown: 24 }[event.key]
    if (event.key === 'Escape') setMoment(null)
    if (by === undefined) return
    event.preventDefault()
    const start = moment ?? Date.parse(values.at(-1)?.at ?? '') ?? from
    setMoment(Math.min(to, Math.max(from, start + by * stepMs(step))))
  }
  const share = moment === null ? 0 : (moment - from) / (to - from)
  const words = reading ? wordsOf(reading) : t('forecast.series.nothingThere')
  function wordsOf({ at, value, point: ahead }: Reading) {
    const interval = ahead?.lower == null ? '' : `, ${valueText(ahead.lower)}–${valueText(ahead.upper)}`
    return `${time.short(at)}: ${valueText(ahead ? ahead.value : value)} ${unit}${interval}`
  }
  return (
    <div
      className={styles.reader}
      role="slider"
      tabIndex={0}
      aria-label={t('forecast.series.read')}
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={moment ?? to}
      aria-valuetext={moment === null ? t('forecast.series.readHow') : words}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setMoment(null)}
      onKeyDown={press}
      onBlur={() => setMoment(null)}
    >
      {moment !== null && (
        <>
          <span
            className={styles.needle}
            style={{ left: `calc(${edges.left}px + ${share} * (100% - ${edges.left + edges.right}px))` }}
          />
          <div
            className={styles.card}
            data-side={share > 0.5 ? 'left' : 'right'}
            style={{ left: `calc(${edges.left}px + ${share} * (100% - ${edges.left + edges.right}px))` }}
          >
            <p className={styles.cardTime}>{`${time.short(reading?.at ?? moment)} ${time.zoneName}`}</p>
            {reading ? <CardLines reading={reading} unit={unit} valueText={valueText} /> : <p>{words}</p>}
          </div>
        </>
      )}
    </div>
  )
}

function CardLines({
  reading: { value, point, corrected },
  unit,
  valueText,
}: {
  reading: Reading
  unit: string
  valueText: Props['valueText']
}) {
  const { t } = useTranslation()
  return (
    <>
      <p className={styles.cardValue}>{`${valueText(point ? point.value : value)} ${unit}`}</p>
      {point && point.lower !== null && <p>{`${valueText(point.lower)}–${valueText(point.upper)}`}</p>}
      {point && (
        <p className={styles.cardTime}>
          {t(`forecast.kind.${point.kind}`, { by: point.answeredBy, step: point.step })}
        </p>
      )}
      {point && <Grade word={point.index} />}
      {corrected && <p>{t('forecast.series.correctedHere')}</p>}
    </>
  )
}
