import { useMemo, useSyncExternalStore } from 'react'
import { isLanguage, type Language } from '~/i18n'
import { type NumberFormat, numberFormat } from '~/ui/numbers'
import { systemZone, type TimeFormat, timeFormat } from '~/ui/time'

/** What a reader chose for this browser. Nothing here is secret or tells who he is. */
export interface Preferences {
  language: Language
  /** `system` follows the machine; otherwise an IANA name such as `Europe/Rome`, or `UTC`. */
  zone: string
  facetsOpen: boolean
}

const place = 'rialto.preferences'
const listeners = new Set<() => void>()
let current = read()

function read(): Preferences {
  let kept: Partial<Preferences> = {}
  try {
    kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>
  } catch {
    // Unreadable or refused: the defaults serve.
  }
  const wanted = kept.language ?? navigator.language.slice(0, 2)
  return {
    language: isLanguage(wanted) ? wanted : 'en',
    zone: isZone(kept.zone) ? kept.zone : 'system',
    facetsOpen: kept.facetsOpen ?? true,
  }
}

function isZone(zone: unknown): zone is string {
  if (typeof zone !== 'string') return false
  try {
    return zone === 'system' || new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

export const preferences = () => current

export function prefer(patch: Partial<Preferences>) {
  current = { ...current, ...patch }
  try {
    localStorage.setItem(place, JSON.stringify(current))
  } catch {
    // Not kept beyond this page.
  }
  for (const listener of listeners) listener()
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The way of the reader's country to write numbers and dates, if his browser speaks the language he chose. */
export const localeOf = (language: Language) =>
  navigator.language.startsWith(language) ? navigator.language : language

export function useTimeFormat(): TimeFormat {
  const { language, zone } = usePreferences()
  return useMemo(() => timeFormat(localeOf(language), zone === 'system' ? systemZone() : zone), [language, zone])
}

export function useNumberFormat(): NumberFormat {
  const { language } = usePreferences()
  return useMemo(() => numberFormat(localeOf(language)), [language])
}
