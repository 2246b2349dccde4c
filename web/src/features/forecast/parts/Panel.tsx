import type { ReactNode } from 'react'
import styles from './Panel.module.css'

interface Props {
  title: string
  about?: string | undefined
  tools?: ReactNode
  children: ReactNode
}

/** One matter of a page. */
export function Panel({ title, about, tools, children }: Props) {
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{title}</h2>
          {about && <p className={styles.about}>{about}</p>}
        </div>
        {tools}
      </header>
      {children}
    </section>
  )
}

export interface Fact {
  name: string
  value: ReactNode
  /** What it means, below the value. */
  about?: ReactNode
  tone?: 'good' | 'caution' | 'bad' | undefined
}

/** Figures side by side, each with its name and what it means. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, about, tone }) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd data-tone={tone}>{value}</dd>
          {about && <dd className={styles.factAbout}>{about}</dd>}
        </div>
      ))}
    </dl>
  )
}
