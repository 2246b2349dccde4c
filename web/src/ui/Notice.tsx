import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

interface Props {
  icon: Icon
  tone?: 'calm' | 'caution' | 'bad'
  title: string
  text?: string | undefined
  actions?: ReactNode
  children?: ReactNode
}

/** What stands where content would be: nothing yet, nothing found, something wrong. One sentence and what to do next. */
export function Notice({ icon: Glyph, tone = 'calm', title, text, actions, children }: Props) {
  return (
    <div className={styles.notice} role={tone === 'bad' ? 'alert' : undefined}>
      <Glyph className={styles.icon} data-tone={tone} size={36} stroke={1.4} aria-hidden />
      <h2 className={styles.title}>{title}</h2>
      {text && <p className={styles.text}>{text}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {children && <div className={styles.more}>{children}</div>}
    </div>
  )
}
