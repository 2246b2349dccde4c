import type { Icon } from '@tabler/icons-react'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'

export interface KeyHelp {
  keys: readonly string[]
  what: string
}

export interface PageAction {
  id: string
  label: string
  description?: string
  icon: Icon
  run: () => void
}

/** What the page that is open adds to the shell: its part of the help and of the command palette. */
export interface Page {
  title: string
  keys?: readonly KeyHelp[]
  /** Shown below the keys. */
  help?: ReactNode
  actions?: readonly PageAction[]
}

let open: Page | null = null
const listeners = new Set<() => void>()

function put(page: Page | null) {
  open = page
  for (const listener of listeners) listener()
}

/** Announces the page while it is mounted, and names the browser tab. Keep `page` in a memo. */
export function usePage(page: Page) {
  useEffect(() => {
    put(page)
    document.title = `${page.title} · Rialto`
  }, [page])
  useEffect(() => () => put(null), [])
}

export function useOpenPage(): Page | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => open,
  )
}
