import { useNavigate, useSearch } from '@tanstack/react-router'
import { createContext, createElement, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react'
import { type Address, readAddress, writeAddress } from './address'
import { rememberQuery } from './query/history'
import type { Range } from './time/ranges'

/** The state of the explorer: its address, and how it is changed. Nothing of it lives elsewhere. */
export interface Explorer {
  address: Address
  /** Counts the searches asked for by hand, so that the same words over a moving range are sought anew. */
  run: number
  change: (patch: Partial<Address>, how?: { replace?: boolean }) => void
  search: (query: string) => void
  refresh: () => void
  zoom: (range: Range) => void
  /** Back to the range before the last zoom; null when there was none. */
  undoZoom: (() => void) | null
}

const Context = createContext<Explorer | null>(null)

export function ExplorerProvider({ children }: { children: ReactNode }) {
  const raw = useSearch({ from: '/shell/logs' })
  const navigate = useNavigate({ from: '/logs' })
  const address = useMemo(() => readAddress(raw), [raw])
  const latest = useRef(address)
  latest.current = address
  const [run, setRun] = useState(0)
  const [zooms, setZooms] = useState<Range[]>([])

  const refresh = useCallback(() => setRun(count => count + 1), [])
  const change = useCallback(
    (patch: Partial<Address>, how?: { replace?: boolean }) => {
      const next = { ...latest.current, ...patch }
      latest.current = next
      void navigate({ search: writeAddress(next), replace: how?.replace ?? false })
    },
    [navigate],
  )
  const search = useCallback(
    (query: string) => {
      rememberQuery(query)
      if (query === latest.current.query) refresh()
      else change({ query })
    },
    [change, refresh],
  )
  const zoom = useCallback(
    (range: Range) => {
      const { from, to } = latest.current
      setZooms(earlier => [...earlier, { from, to }])
      change({ ...range, live: false })
    },
    [change],
  )
  const before = zooms.at(-1)
  const undoZoom = useMemo(
    () =>
      before
        ? () => {
            setZooms(earlier => earlier.slice(0, -1))
            change(before)
          }
        : null,
    [before, change],
  )
  const explorer = useMemo(
    () => ({ address, run, change, search, refresh, zoom, undoZoom }),
    [address, run, change, search, refresh, zoom, undoZoom],
  )
  return createElement(Context, { value: explorer }, children)
}

export function useExplorer(): Explorer {
  const explorer = use(Context)
  if (!explorer) throw new Error('useExplorer outside of ExplorerProvider')
  return explorer
}
