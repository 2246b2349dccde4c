import { fromWallTime } from '~/ui/time'
import type { ExperienceSearch } from '../area'
import type { SlotView } from '../types'

/** Tickets as the address says them, within what may be booked. */
export function ticketsOf({ tickets }: ExperienceSearch, most: number): number {
  const wanted = Number(tickets ?? 2)
  return Math.min(Math.max(1, Number.isInteger(wanted) ? wanted : 2), Math.max(1, most))
}

export const dateOf = ({ date }: ExperienceSearch): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date ?? '') ? (date ?? '') : ''

/** The chosen start, while it is among those that are free and takes so many; what an address asks for may be gone. */
export const slotOf = (
  { time }: ExperienceSearch,
  tickets: number,
  slots: readonly SlotView[] | undefined,
): SlotView | null => slots?.find(slot => slot.startsAt === time && takes(slot, tickets)) ?? null

/**
 * A start that is asked for while nobody knows what is free: a time on the clock of the place. The host tries it as soon as the house
 * answers, so it is never one that is confirmed at once.
 */
export function wishOf({ time }: ExperienceSearch, date: string, zone: string): SlotView | null {
  if (!/^\d{2}:\d{2}$/.test(time ?? '')) return null
  const at = fromWallTime(`${date}T${time}`, zone)
  return at === null ? null : { startsAt: new Date(at).toISOString(), instant: false, left: null }
}

export const takes = ({ left }: SlotView, tickets: number) => left === null || left >= tickets
