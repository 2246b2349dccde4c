import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { useExplorer } from '../explorer'
import { between } from '../time/ranges'
import type { Bars } from './bars'
import styles from './Timeline.module.css'

// Drawn when a pointer or a key rests on a bar.
const BarCard = lazy(async () => ({ default: (await import('./BarCard')).BarCard }))

/** Bars that are held, by index: where the brush was set down and where it is now. */
interface Held {
  start: number
  end: number
}

/**
 * Lies over the bars. Pulling from one bar to another makes their time the range, a click that of one bar. With the
 * keyboard: arrows go from bar to bar, with Shift they hold several, Enter takes them.
 */
export function Brush({ bars: shown }: { bars: Bars }) {
  const { t } = useTranslation()
  const { zoom } = useExplorer()
  const time = useTimeFormat()
  const { bars, from, stepMs } = shown
  const [at, setAt] = useState<number | null>(null)
  const [held, setHeld] = useState<Held | null>(null)
  const clamp = (index: number) => Math.min(bars.length - 1, Math.max(0, index))

  const take = ({ start, end }: Held) => {
    setHeld(null)
    setAt(null)
    const [first, last] = start < end ? [start, end] : [end, start]
    // One bar of the smallest step cannot be divided further.
    if (bars.length > 1) zoom(between(from + first * stepMs, from + (last + 1) * stepMs))
  }
  const under = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return clamp(Math.floor(((event.clientX - box.left) / box.width) * bars.length))
  }
  const keys = (event: KeyboardEvent) => {
    const here = at ?? bars.length - 1
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (step !== 0) {
      const next = clamp(at === null ? here : here + step)
      setAt(next)
      setHeld(event.shiftKey ? { start: held?.start ?? here, end: next } : null)
    } else if (event.key === 'Enter') take(held ?? { start: here, end: here })
    else if (event.key === 'Escape' && (held || at !== null)) {
      setHeld(null)
      setAt(null)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const bar = at === null ? undefined : bars[at]
  const percent = (index: number) => `${(index / bars.length) * 100}%`
  const stretch = held && { first: Math.min(held.start, held.end), last: Math.max(held.start, held.end) + 1 }
  return (
    <>
      <div
        role="slider"
        aria-label={t('timeline.brush')}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={at ?? 0}
        aria-valuetext={
          bar
            ? t('timeline.bar', { count: bar.total, time: time.long(bar.at) })
            : t('timeline.summary', { count: shown.total })
        }
        tabIndex={0}
        className={styles.brush}
        onPointerDown={event => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setHeld({ start: under(event), end: under(event) })
        }}
        onPointerMove={event => {
          const index = under(event)
          setAt(index)
          if (held && event.buttons > 0) setHeld({ start: held.start, end: index })
        }}
        onPointerUp={() => held && take(held)}
        onPointerCancel={() => setHeld(null)}
        onPointerLeave={() => !held && setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={keys}
      >
        {at !== null && !held && <span className={styles.here} style={{ left: percent(at), width: percent(1) }} />}
        {stretch && (
          <span
            className={styles.stretch}
            style={{ left: percent(stretch.first), width: percent(stretch.last - stretch.first) }}
          />
        )}
      </div>
      {bar && (
        <Suspense fallback={null}>
          <BarCard bars={shown} held={stretch ?? { first: at ?? 0, last: (at ?? 0) + 1 }} />
        </Suspense>
      )}
    </>
  )
}
