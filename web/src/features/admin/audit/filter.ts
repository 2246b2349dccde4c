import type { AuditSearch } from '../area'

interface Filter {
  Action?: string
  Target?: string
  Actor?: string
  From?: string
  To?: string
}

/** The filter as the host takes it: days begin at midnight UTC, as the entries' times are kept, and the last one counts. */
export function filterOf({ action, target, actor, from, to }: AuditSearch): Filter {
  return {
    ...(action && { Action: action }),
    ...(target && { Target: target }),
    ...(actor && { Actor: actor }),
    ...(isDay(from) && { From: `${from}T00:00:00Z` }),
    ...(isDay(to) && { To: new Date(Date.parse(`${to}T00:00:00Z`) + dayMs).toISOString() }),
  }
}

export const exportAddress = (search: AuditSearch) =>
  `/api/admin/audit/export?${new URLSearchParams(Object.entries(filterOf(search)))}`

const dayMs = 86_400_000

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
