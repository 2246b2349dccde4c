import type { Step } from '../data/shapes'
import type { Shown } from './stations'

/** A sensor that reports late is not out of date yet. */
const lateMs: Record<Step, number> = { hour: 6 * 3_600_000, day: 3 * 86_400_000 }

/** When the newest value is older than this, nothing on the map is how it is now. */
const currentMs = 2 * 86_400_000

/** The newest time shown; 0 when nothing has a value. */
export const newestOf = (shown: readonly Shown[]) =>
  shown.reduce((most, { at, value }) => Math.max(most, at && value !== null ? Date.parse(at) : 0), 0)

/** Whether a station is so far behind the newest that the two cannot be compared. */
export const isStale = ({ at, value, series }: Shown, newest: number) =>
  at !== null && value !== null && newest - Date.parse(at) > lateMs[series.step]

/** Whether even the newest of what was measured is history. */
export const isOld = (newest: number, now: number) => newest > 0 && now - newest > currentMs
