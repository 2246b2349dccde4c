/** What a chart shows, in figures; chart.ts draws it, and the page says it in words beside it. */
export interface Picture {
  from: number
  to: number
  lines: Line[]
  band?: readonly (readonly [at: number, lower: number, upper: number])[]
  /** Another band behind the first: what was usual. */
  usual?: readonly (readonly [at: number, lower: number, upper: number])[]
  dots?: { points: readonly (readonly [at: number, value: number])[]; colour: string }[]
  /** Stretches behind everything. */
  shades?: { from: number; to: number; kind: 'gap' | 'beyond' }[]
  /** Upright lines: where the data end. */
  rules?: number[]
  /** Levels across, such as the promised coverage. */
  levels?: number[]
  /** The axis begins at zero unless values lie below it. */
  fromZero: boolean
  ticks: { at: number; text: string }[]
}

export interface Line {
  name: string
  points: readonly (readonly [at: number, value: number | null])[]
  /** Name of a token without the dashes before it. */
  colour: string
  style?: 'solid' | 'dashed' | 'dotted'
  width?: number
}

/** Pixels left of and right of the plot, which the layer over it must know too. */
export const edges = { left: 48, right: 12, top: 12, bottom: 26 }

/** Colours and strokes of lines that are compared: apart by either alone. */
export const strokes = [
  { colour: 'accent', style: 'solid' },
  { colour: 'level-info', style: 'dashed' },
  { colour: 'level-warn', style: 'dotted' },
  { colour: 'level-fatal', style: 'solid' },
  { colour: 'level-debug', style: 'dashed' },
] as const

export const strokeOf = (index: number) => strokes[index % strokes.length] ?? strokes[0]

const hour = 3_600_000
const day = 24 * hour
const steps = [
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  30 * day,
  91 * day,
  182 * day,
  365 * day,
]

/** Times for the marks of an axis, at most so many, on round hours of the zone whose offset it is. */
export function timesBetween(from: number, to: number, most: number, offset: number): number[] {
  const step = steps.find(one => (to - from) / one <= most) ?? 730 * day
  const times: number[] = []
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) times.push(at)
  return times
}

/** Steps ahead for the marks of an axis: the first, the last, and round ones between. */
export function stepsBetween(horizon: number): number[] {
  const every = [1, 2, 6, 12, 24, 48, 168].find(one => horizon / one <= 8) ?? 336
  const round = Array.from({ length: Math.floor(horizon / every) }, (_, at) => (at + 1) * every)
  const inner = round.filter(step => step > 1 && step < horizon && horizon - step >= every / 2)
  return [...new Set([1, ...inner, horizon])]
}
