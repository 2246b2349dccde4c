import { type PointerEvent, useRef, useState } from 'react'

/** How the drawn map lies in its frame. */
export interface View {
  scale: number
  x: number
  y: number
}

const whole: View = { scale: 1, x: 0, y: 0 }
const closest = 16

/** Moving closer, farther and aside. A tap on a station stays a tap. */
export function useView(width: number, height: number) {
  const [view, setView] = useState(whole)
  const drag = useRef<{ x: number; y: number } | null>(null)
  const zoom = (factor: number) =>
    setView(now => {
      const scale = Math.min(closest, Math.max(1, now.scale * factor))
      if (scale === 1) return whole
      const by = scale / now.scale
      return { scale, x: width / 2 - (width / 2 - now.x) * by, y: height / 2 - (height / 2 - now.y) * by }
    })
  const hands = {
    onPointerDown: ({ clientX, clientY }: PointerEvent) => {
      if (view.scale > 1) drag.current = { x: clientX, y: clientY }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const from = drag.current
      if (!from) return
      drag.current = { x: clientX, y: clientY }
      setView(now => ({ ...now, x: now.x + clientX - from.x, y: now.y + clientY - from.y }))
    },
    onPointerUp: () => {
      drag.current = null
    },
    onPointerLeave: () => {
      drag.current = null
    },
  }
  return { view, zoom, reset: () => setView(whole), hands }
}
