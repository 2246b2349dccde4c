import { useComputedColorScheme } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import styles from './Chart.module.css'
import type { Picture } from './picture'

// Fetched beside the figures it will draw, not after them.
const loadPlot = () => import('./Plot')
const Plot = lazy(loadPlot)

interface Props {
  /** In words, for those who do not see it. */
  label: string
  picture: Picture | undefined
  valueText: (value: number) => string
  stale?: boolean
  /** Lies over the plot and reads values from it. */
  children?: ReactNode
  size?: 'tall' | 'low'
}

export function Chart({ label, picture, valueText, stale, children, size = 'low' }: Props) {
  const scheme = useComputedColorScheme('dark')
  useEffect(() => void loadPlot(), [])
  return (
    <figure className={styles.chart} data-size={size} data-stale={stale || undefined} aria-label={label}>
      {picture && (
        <Suspense fallback={null}>
          <Plot picture={picture} valueText={valueText} scheme={scheme} />
        </Suspense>
      )}
      {children}
    </figure>
  )
}

interface KeyProps {
  items: { name: string; colour: string; kind: 'solid' | 'dashed' | 'dotted' | 'area' | 'dot' }[]
}

/** What the lines of a chart are. */
export function ChartKey({ items }: KeyProps) {
  return (
    <ul className={styles.key}>
      {items.map(({ name, colour, kind }) => (
        <li key={name}>
          <span className={styles.stroke} data-kind={kind} style={{ color: `var(--${colour})` }} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  )
}
