import { type ReactNode, useMemo } from 'react'
import { usePage } from '~/app/page'
import styles from './Sheet.module.css'

interface Props {
  title: string
  /** One sentence: what this is, and what to do first. */
  about?: string
  actions?: ReactNode
  children: ReactNode
}

/** A page of a work room that lists things and changes them. */
export function Sheet({ title, about, actions, children }: Props) {
  usePage(useMemo(() => ({ title }), [title]))
  return (
    <div className={styles.sheet}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{title}</h1>
          {about && <p className={styles.about}>{about}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface SectionProps {
  title: string
  about?: string | undefined
  actions?: ReactNode
  children: ReactNode
}

export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.subtitle}>{title}</h2>
          {about && <p className={styles.about}>{about}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}
