import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './Warned.module.css'

const signs = { calm: IconInfoCircle, good: IconCircleCheck, caution: IconAlertTriangle, bad: IconAlertTriangle }

interface Props {
  tone: keyof typeof signs
  title?: string | undefined
  children?: ReactNode
}

/** A sentence that must not be missed, beside what it is about. */
export function Warned({ tone, title, children }: Props) {
  const Sign = signs[tone]
  return (
    <div className={styles.warned} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Sign size={18} stroke={1.75} aria-hidden className={styles.sign} />
      <div>
        {title && <p className={styles.title}>{title}</p>}
        {children}
      </div>
    </div>
  )
}
