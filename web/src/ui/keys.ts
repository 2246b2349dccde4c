import { useEffect, useRef } from 'react'

/** Keys by their name in small letters: `j`, `arrowdown`, `?`. `mod+k` is Ctrl or Command with k. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>

/**
 * Listens on the whole page. A key alone does nothing while the reader types in a field, and nothing while a dialog is open:
 * its keys are its own.
 */
export function useKeys(map: KeyMap, enabled = true) {
  const latest = useRef(map)
  latest.current = map
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const mod = event.ctrlKey || event.metaKey
      const run = latest.current[(mod ? 'mod+' : '') + event.key.toLowerCase()]
      if (!run || (!mod && isTaken(event.target))) return
      run(event)
      event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [enabled])
}

function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null
  )
}
