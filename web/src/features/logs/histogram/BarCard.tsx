import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { LevelTag } from '../LevelTag'
import { levels } from '../levels'
import type { Bars } from './bars'
import styles from './Timeline.module.css'

interface Props {
  bars: Bars
  /** From this bar up to, not including, that one. */
  held: { first: number; last: number }
}

/** What the bars under the pointer hold. Stays inside the chart's width whichever bar it is. */
export function BarCard({ bars: { bars, from, stepMs }, held: { first, last } }: Props) {
  const time = useTimeFormat()
  const { count } = useNumberFormat()
  const held = bars.slice(first, last)
  const middle = (first + last) / 2 / bars.length
  const sums = [...levels]
    .reverse()
    .map(level => ({ level, sum: held.reduce((sum, bar) => sum + (bar.counts[level] ?? 0), 0) }))
  return (
    <div className={styles.card} style={{ left: `${middle * 100}%`, transform: `translateX(${-middle * 100}%)` }}>
      <p className={styles.cardTime}>
        {time.long(from + first * stepMs)} – {time.long(from + last * stepMs)}
      </p>
      {sums
        .filter(({ sum }) => sum > 0)
        .map(({ level, sum }) => (
          <p key={level} className={styles.cardLine}>
            <span className={styles.swatch} data-level={level} />
            <LevelTag level={level} />
            <span className={styles.cardCount}>{count(sum)}</span>
          </p>
        ))}
    </div>
  )
}
