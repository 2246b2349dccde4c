import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { LogRecord } from '~/api/types'
import { LiveSession, type LiveState } from './session'

interface Wanted {
  wanted: boolean
  query: string
  run: number
  /** What a search of the same query just found; null while it is not known. */
  seed: readonly LogRecord[] | null
}

export type HoldReason = 'scroll' | 'record' | 'reader'

export interface Live {
  state: LiveState
  heldFor: HoldReason | null
  hold: (reason: HoldReason) => void
  release: () => void
}

/** The live session of the page while one is wanted; null otherwise. */
export function useLive({ wanted, query, run, seed }: Wanted): Live | null {
  const session = useLiveSession(wanted)
  const state = useSyncExternalStore(session?.subscribe ?? noSubscription, session?.getState ?? noState)
  const [heldFor, setHeldFor] = useState<HoldReason | null>(null)
  const started = useRef<LiveSession | null>(null)

  // Another query empties the list at once; its rows come with the search that is on its way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run of the same query starts the list anew too.
  useEffect(() => {
    session?.clear()
    setHeldFor(null)
    return () => {
      started.current = null
    }
  }, [session, query, run])

  useEffect(() => {
    if (!session || !seed || started.current === session) return
    started.current = session
    session.watch(query, seed)
  }, [session, query, seed])

  if (!session || !state) return null
  return {
    state,
    heldFor,
    hold: reason => {
      session.hold()
      setHeldFor(earlier => earlier ?? reason)
    },
    release: () => {
      session.release()
      setHeldFor(null)
    },
  }
}

function useLiveSession(wanted: boolean): LiveSession | null {
  const [session, setSession] = useState<LiveSession | null>(null)
  useEffect(() => {
    if (!wanted) return
    let opened: LiveSession | null = null
    let left = false
    void import('./connect').then(({ connectLive }) => {
      if (left) return
      opened = new LiveSession(connectLive())
      setSession(opened)
    })
    return () => {
      left = true
      setSession(null)
      void opened?.stop()
    }
  }, [wanted])
  return session
}

const noSubscription = () => () => undefined
const noState = (): LiveState | null => null
