import styles from './Bars.module.css'

export interface Bar {
  key: string
  /** What the bar stands for and how much it is, in words: said to who points at it. */
  label: string
  good: number
  refused: number
  failed: number
}

interface Props {
  /** What all bars together say, for who cannot see them. */
  label: string
  bars: readonly Bar[]
  /** Under the first and the last bar. */
  ends: readonly [string, string]
}

const parts = ['failed', 'refused', 'good'] as const

/** A few dozen counts over time. Drawn by the browser's own boxes: a chart's library would weigh more than the page. */
export function Bars({ label, bars, ends }: Props) {
  const most = Math.max(1, ...bars.map(bar => bar.good + bar.refused + bar.failed))
  return (
    <figure className={styles.figure}>
      <div className={styles.bars} role="img" aria-label={label}>
        {bars.map(bar => (
          <div key={bar.key} className={styles.bar} title={bar.label}>
            {parts.map(part => (
              <span key={part} data-part={part} style={{ height: `${(bar[part] / most) * 100}%` }} />
            ))}
          </div>
        ))}
      </div>
      <figcaption className={styles.ends}>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  )
}
