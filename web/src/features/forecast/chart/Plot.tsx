import { useEffect, useRef } from 'react'
import styles from './Chart.module.css'
import { type Chart, chartIn } from './chart'
import type { Picture } from './picture'

interface Props {
  picture: Picture
  valueText: (value: number) => string
  /** Another scheme has other colours for the same picture. */
  scheme: string
}

/** Loaded on demand: the chart library comes with it. */
export default function Plot({ picture, valueText, scheme }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart | null>(null)

  useEffect(() => {
    if (!place.current) return
    const made = chartIn(place.current)
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours for the same picture.
  useEffect(() => chart.current?.draw(picture, valueText), [picture, valueText, scheme])

  return <div ref={place} className={styles.plot} aria-hidden="true" />
}
