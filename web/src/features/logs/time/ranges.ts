/** A span of time as it stands in the address: each end is ISO 8601, or relative to now such as `now-15m`. */
export interface Range {
  from: string
  to: string
}

export const defaultRange: Range = { from: 'now-15m', to: 'now' }

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
export type Unit = keyof typeof unitMs

export interface Length {
  count: number
  unit: Unit
}

/** The lengths offered at one tap, shortest first. */
export const presets: readonly Length[] = [
  { count: 5, unit: 'm' },
  { count: 15, unit: 'm' },
  { count: 1, unit: 'h' },
  { count: 4, unit: 'h' },
  { count: 24, unit: 'h' },
  { count: 3, unit: 'd' },
  { count: 7, unit: 'd' },
  { count: 30, unit: 'd' },
]

export const lastOf = ({ count, unit }: Length): Range => ({ from: `now-${count}${unit}`, to: 'now' })

const relative = /^(?:now)?(?:([+-])(\d{1,6})([smhdw]))?$/

/** Milliseconds from now of a relative end, or null when the text is not one. */
function offsetOf(end: string): number | null {
  const found = relative.exec(end)
  if (!found || end === '') return null
  const [, sign, count, unit] = found
  if (count === undefined) return 0
  return (sign === '-' ? -1 : 1) * Number(count) * unitMs[unit as Unit]
}

export const isRelative = (end: string) => offsetOf(end) !== null

/** The instant an end of a range stands for, or null when it cannot be read. */
export function instantOf(end: string, now: number): number | null {
  const offset = offsetOf(end)
  if (offset !== null) return now + offset
  const at = Date.parse(end)
  return Number.isNaN(at) || !/^\d{4}-/.test(end) ? null : at
}

export function isRange(range: Range): boolean {
  const from = instantOf(range.from, 0)
  const to = instantOf(range.to, 0)
  if (from === null || to === null) return false
  return isRelative(range.from) !== isRelative(range.to) || from < to
}

/** The length of a range that ends now, or null when it does not end now. */
export function lengthOf(range: Range): Length | null {
  const found = /^(?:now)?-(\d+)([smhdw])$/.exec(range.from)
  if (!found || range.to !== 'now') return null
  return { count: Number(found[1]), unit: found[2] as Unit }
}

/** Reads what a person types: `2h`, `90 min`, `3 days`. */
export function readLength(typed: string): Length | null {
  const found = /^\s*(?:last\s+)?(\d{1,6})\s*([a-z]*)\s*$/i.exec(typed)
  const count = Number(found?.[1])
  if (!found || count === 0) return null
  const word = (found[2] ?? '').toLowerCase() || 'm'
  const unit = /^s(ec(ond)?s?)?$/.test(word)
    ? 's'
    : /^m(in(ute)?s?)?$/.test(word)
      ? 'm'
      : /^h(r|our)?s?$/.test(word)
        ? 'h'
        : /^d(ay)?s?$/.test(word)
          ? 'd'
          : /^w(eek)?s?$/.test(word)
            ? 'w'
            : null
  return unit && { count, unit }
}

const absolute = (from: number, to: number): Range => ({
  from: new Date(Math.round(from)).toISOString(),
  to: new Date(Math.round(to)).toISOString(),
})

/** The same length, one half length earlier (-1) or later (1). */
export function shifted(range: Range, direction: -1 | 1, now: number): Range {
  const [from, to] = spanOf(range, now)
  const step = (direction * (to - from)) / 2
  return absolute(from + step, to + step)
}

/** Twice the length around the same middle, never reaching past now. */
export function widened(range: Range, now: number): Range {
  const [from, to] = spanOf(range, now)
  const quarter = (to - from) / 2
  const end = Math.min(to + quarter, Math.max(now, to))
  return absolute(end - 2 * (to - from), end)
}

export const between = absolute

function spanOf(range: Range, now: number): [number, number] {
  return [instantOf(range.from, now) ?? now - 900_000, instantOf(range.to, now) ?? now]
}
