import type { Pay } from '../types'

/** How an order is paid: as chosen; else by points while they suffice, else by card. Null when neither is possible. */
export function payOf(
  wanted: Pay | null,
  points: number | null,
  minor: number | null,
  available: number | undefined,
): Pay | null {
  const enough = points !== null && (available === undefined || available >= points)
  if (wanted === 'card' && minor !== null) return 'card'
  if (enough) return 'points'
  return minor !== null ? 'card' : null
}
