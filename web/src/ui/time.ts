/** Writing and reading times in the zone the reader chose. Formatters are costly to make, so each is kept. */
export interface TimeFormat {
  /** Nov 21 10:00:00.123: the time column of a list. */
  row(iso: string): string
  /** 10:00:00.123 */
  clock(iso: string): string
  /** 2026-11-21 10:00:00.123456789 GMT+1: every digit there is, and the zone. */
  full(iso: string): string
  /** Nov 21, 10:00: ends of a range and axis hints. */
  short(instant: number): string
  /** Nov 21, 2026 */
  day(instant: number): string
  /** Nov 21, 2026, 10:00:05 */
  long(instant: number): string
  /** A time below an axis: as little as tells it apart on an axis of this span. */
  tick(instant: number, spanMs: number): string
  zone: string
  /** GMT+1, UTC */
  zoneName: string
}

export const systemZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

const kept = new Map<string, TimeFormat>()

export function timeFormat(language: string, zone: string): TimeFormat {
  const key = `${language}|${zone}`
  let format = kept.get(key)
  if (!format) {
    format = make(language, zone)
    kept.set(key, format)
  }
  return format
}

function make(language: string, zone: string): TimeFormat {
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: 'h23', ...options })
  const clock = of({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 })
  const day = of({ month: 'short', day: '2-digit' })
  const short = of({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })
  const date = of({ year: 'numeric', month: 'short', day: 'numeric' })
  const long = of({
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const minute = of({ hour: '2-digit', minute: '2-digit' })
  const second = of({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const month = of({ month: 'short', day: 'numeric' })
  const zoneName = of({ timeZoneName: 'short' }).formatToParts(0)
  const nowName = of({ timeZoneName: 'short' })
  return {
    row: iso => {
      const at = new Date(iso)
      return `${day.format(at)} ${dotted(clock.format(at))}`
    },
    clock: iso => dotted(clock.format(new Date(iso))),
    full: iso => {
      const at = new Date(iso)
      const digits = /\.(\d+)/.exec(iso)?.[1] ?? '000'
      return `${wallTime(at.getTime(), zone).replace('T', ' ')}.${digits} ${nameOf(nowName, at)}`
    },
    short: instant => short.format(instant),
    day: instant => date.format(instant),
    long: instant => long.format(instant),
    tick: (instant, spanMs) => {
      if (spanMs <= 600_000) return second.format(instant)
      const clockTime = minute.format(instant)
      return spanMs <= 86_400_000 * 1.5
        ? clockTime
        : clockTime === '00:00'
          ? month.format(instant)
          : `${month.format(instant)} ${clockTime}`
    },
    zone,
    zoneName: zone === 'UTC' ? 'UTC' : (zoneName.find(part => part.type === 'timeZoneName')?.value ?? zone),
  }
}

// Some languages write the fraction after a comma; a log line is compared with others, so it is always a point.
const dotted = (clock: string) => clock.replace(/,(\d+)$/, '.$1')

const nameOf = (format: Intl.DateTimeFormat, at: Date) =>
  format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? ''

/** What a clock on the wall of the zone shows, as `2026-11-21T10:00:05`: the value of a date and time field. */
export function wallTime(instant: number, zone: string): string {
  return new Date(instant + zoneOffset(instant, zone)).toISOString().slice(0, 19)
}

/** The instant at which a clock on the wall of the zone shows this; null when it is not a time. */
export function fromWallTime(wall: string, zone: string): number | null {
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return null
  // The offset is that of the instant sought, not of the first guess: around a change of clocks the two differ.
  const guess = asUtc - zoneOffset(asUtc, zone)
  return asUtc - zoneOffset(guess, zone)
}

function zoneOffset(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find(part => part.type === type)?.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return wall - Math.floor(instant / 1000) * 1000
}

const dayMs = 86_400_000

/** A day so many days from now, as a field for dates has it. */
export const dayAhead = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
