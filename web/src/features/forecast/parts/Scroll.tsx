import type { ReactNode } from 'react'
import table from './Table.module.css'

interface Props {
  label: string
  /** Higher than so much, it scrolls by itself. */
  tall?: boolean
  below?: boolean
  children: ReactNode
}

/** What may be wider or higher than its place: a keyboard can scroll it too. */
export function Scroll({ label, tall, below, children }: Props) {
  return (
    <section
      className={`${table.scroll} ${tall ? table.tall : ''} ${below ? table.below : ''}`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached to be scrolled.
      tabIndex={0}
    >
      {children}
    </section>
  )
}
