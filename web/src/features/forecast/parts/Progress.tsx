import { useNumberFormat } from '~/app/preferences'
import styles from './Progress.module.css'

interface Props {
  label: string
  /** 0 to 1. */
  share: number
  text?: string
}

/** How far work is, to the eye and to a screen reader. */
export function Progress({ label, share, text }: Props) {
  const { percent } = useNumberFormat()
  const whole = Math.round(share * 100)
  return (
    <div className={styles.progress}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={whole}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className={styles.bar} style={{ width: `${whole}%` }} />
      </div>
      <p className={styles.text}>
        {percent(whole / 100)}
        {text ? ` · ${text}` : ''}
      </p>
    </div>
  )
}
