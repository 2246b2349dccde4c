import { useState } from 'react'
import type { LogRecord } from '~/api/types'
import { useKeys } from '~/ui/keys'
import { useExplorer } from '../explorer'

/** The row the keyboard is on, kept by its record: rows that arrive above it do not move it. */
export function useListKeys(rows: readonly LogRecord[]) {
  const { address, change } = useExplorer()
  const [at, setAt] = useState<string | null>(null)
  const held = address.record ?? at
  const active = held === null ? -1 : rows.findIndex(record => record.sequence === held)

  const open = (index: number) => {
    const record = rows[index]
    if (!record) return
    setAt(record.sequence)
    // Going from one open record to the next is one step of the history, not many.
    change({ record: record.sequence }, { replace: address.record !== null })
  }
  const close = () => {
    setAt(address.record)
    change({ record: null })
  }
  const step = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, active < 0 ? 0 : active + by))
    const record = rows[next]
    if (!record) return
    if (address.record) open(next)
    else setAt(record.sequence)
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    arrowdown: () => step(1),
    arrowup: () => step(-1),
    pagedown: () => step(20),
    pageup: () => step(-20),
    home: () => step(-rows.length),
    enter: event => {
      // A button or a link that has the focus keeps its own Enter.
      if (event.target instanceof HTMLElement && event.target.closest('button, a'))
        (event.target.closest('button, a') as HTMLElement).click()
      else if (active >= 0) open(active)
    },
    escape: () => {
      if (address.record) close()
      else setAt(null)
    },
  })
  return { active, open, close, step }
}
