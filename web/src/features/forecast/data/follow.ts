import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { isOpen } from './calls'
import type { Job, Load, Page } from './shapes'

type Kind = 'jobs' | 'loads'
type Run = Job | Load

/** After the host has refused or gone; short breaks a browser mends by itself. */
const againMs = 3_000

/**
 * Follows an open run as the host tells of it, until it has ended, while the page is looked at: a browser has few connections to a host, and a hidden page
 * needs none. What is told goes where the queries of the run and of the list keep their answers.
 */
export function useFollowed(kind: Kind, run: Pick<Run, 'id' | 'state'> | undefined) {
  const queries = useQueryClient()
  const looked = useLookedAt()
  const [tried, setTried] = useState(0)
  const id = run && isOpen(run) && looked ? run.id : undefined
  useEffect(() => {
    if (!id) return
    let wait: number | undefined
    const events = new EventSource(`/api/forecast/${kind}/${id}/events`)
    const tell = ({ data }: MessageEvent<string>) => {
      const now = JSON.parse(data) as Run
      keep(queries, kind, now)
      if (!isOpen(now)) events.close()
    }
    events.addEventListener(kind.slice(0, -1), tell)
    events.onerror = () => {
      // A stream that ended comes again by itself. One that was refused does not: what the query says then is shown.
      if (events.readyState !== EventSource.CLOSED) return
      void queries.invalidateQueries({ queryKey: ['forecast', kind] })
      wait = window.setTimeout(() => setTried(tried + 1), againMs)
    }
    return () => {
      window.clearTimeout(wait)
      events.close()
    }
  }, [queries, kind, id, tried])
}

/** Of a list: the one that goes on now, else the one whose turn comes next. Runs of a kind take turns, so one stream tells of all. */
export const nextOf = <T extends Pick<Run, 'state'>>(runs: readonly T[] | undefined): T | undefined =>
  runs?.find(({ state }) => state === 'running') ?? runs?.findLast(({ state }) => state === 'waiting')

/** A load is told without its rejects while it goes on. */
export function merged<T extends Run>(before: T | undefined, now: T): T {
  return before && 'rejects' in before && isOpen(now) ? { ...now, rejects: before.rejects } : now
}

export function keep(queries: QueryClient, kind: Kind, now: Run) {
  queries.setQueryData<Run>(['forecast', kind, now.id], before => merged(before, now))
  queries.setQueryData<Page<Run>>(
    ['forecast', kind],
    page => page && { ...page, items: page.items.map(one => (one.id === now.id ? now : one)) },
  )
  if (isOpen(now)) return
  // Whose turn comes now, the list knows; and what an ended training left is a model.
  void queries.invalidateQueries({ queryKey: ['forecast', kind], exact: true })
  if (kind === 'jobs') void queries.invalidateQueries({ queryKey: ['forecast', 'models'] })
}

const useLookedAt = () =>
  useSyncExternalStore(
    changed => {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
    () => document.visibilityState === 'visible',
  )
