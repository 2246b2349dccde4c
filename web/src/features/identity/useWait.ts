import { useEffect, useState } from 'react'

/** Whole seconds left of a wait the server asked for, counting down; zero when there is none. */
export function useWait(): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (until === 0) return
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= until) setUntil(0)
    }, 250)
    return () => clearInterval(timer)
  }, [until])
  const start = (seconds: number) => {
    setNow(Date.now())
    setUntil(Date.now() + seconds * 1_000)
  }
  return [until === 0 ? 0 : Math.max(0, Math.ceil((until - now) / 1_000)), start]
}
