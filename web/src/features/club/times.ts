/** Times of a venue are shown on the venue's own clock: a table at seven is at seven there, wherever the member is now. */

/** Day and clock of an instant at a place, as `2026-11-24` and `19:00`. */
export function wallOf(instant: string | number, zone: string): { date: string; time: string } {
  const text = new Date(instant).toLocaleString('sv-SE', { timeZone: zone })
  return { date: text.slice(0, 10), time: text.slice(11, 16) }
}

/** The next days as a place counts them, today first. */
export function daysFrom(now: number, zone: string, count: number): string[] {
  const [year = 0, month = 1, day = 1] = wallOf(now, zone).date.split('-').map(Number)
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - 1, day + at)).toISOString().slice(0, 10),
  )
}

/** A calendar day in words; it has no zone, so it is read and written in one that moves nothing. */
export const dayText = (date: string, locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(new Date(`${date}T00:00:00Z`))

/** Asia/Singapore is Singapore to a guest. */
export const cityOf = (zone: string) => zone.replace(/^.*\//, '').replaceAll('_', ' ')

export const clockText = (instant: string | number, zone: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  )

/** As near as a reader needs: the clock alone today, the day too on any other. */
export function momentText(instant: string, now: number, zone: string, locale: string): string {
  const clock = clockText(instant, zone, locale)
  const { date } = wallOf(instant, zone)
  return date === wallOf(now, zone).date
    ? clock
    : `${dayText(date, locale, { day: 'numeric', month: 'short' })}, ${clock}`
}
