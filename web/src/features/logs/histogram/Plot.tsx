import { useEffect, useRef } from 'react'
import type { Bars } from './bars'
import { type Chart, chartIn } from './chart'
import styles from './Timeline.module.css'

/** Loaded on demand: the chart library comes with it. */
export default function Plot({ bars, scheme }: { bars: Bars; scheme: string }) {
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours for the same bars.
  useEffect(() => chart.current?.draw(bars), [bars, scheme])

  return <div ref={place} className={styles.plot} aria-hidden="true" />
}
