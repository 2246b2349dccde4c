import type { ReactNode } from 'react'
import styles from './Tag.module.css'

export type Tone = 'good' | 'caution' | 'bad' | 'calm'

/** A state in a word: by its shape as well as by its colour. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  )
}

/** A name as a program knows it. */
export function Code({ children }: { children: ReactNode }) {
  return <code className={styles.code}>{children}</code>
}

/** Several of them, side by side. */
export function Codes({ of }: { of: readonly string[] }) {
  return (
    <span className={styles.codes}>
      {of.map(name => (
        <Code key={name}>{name}</Code>
      ))}
    </span>
  )
}
