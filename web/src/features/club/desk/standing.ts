import type { DeskBooking, Vendor } from './types'

export type Tone = 'good' | 'busy' | 'calm' | 'bad'

const tones: Record<string, Tone> = {
  confirmed: 'good',
  declined: 'calm',
  expired: 'calm',
  cancelled: 'calm',
  'needs-operator': 'bad',
}

export const toneOf = (state: string): Tone => tones[state] ?? 'busy'

/** Every state there are words for. */
const bookingStates = [
  'requested',
  'held',
  'authorised',
  'awaiting-payment',
  'awaiting-venue',
  'seated',
  'confirmed',
  'undoing',
  'declined',
  'expired',
  'cancelling',
  'cancelled',
  'needs-operator',
] as const

/** The word for a value, as far as there is one. */
export const oneOf = <T extends string>(known: readonly T[], value: string, other: T): T =>
  known.find(word => word === value) ?? other

export const stateOf = (state: string) => oneOf(bookingStates, state, 'requested')

/** The states an operator filters by, the urgent ones first; without one, whatever is not settled. */
export const states = [
  'needs-operator',
  'awaiting-venue',
  'awaiting-payment',
  'undoing',
  'confirmed',
  'declined',
  'expired',
  'cancelled',
] as const

/** Who needs a person comes first, then whose promise ends first; settled ones by number, the newest first. */
export function byUrgency(one: DeskBooking, other: DeskBooking): number {
  const rank = ({ state, promiseBy }: DeskBooking) =>
    state === 'needs-operator' ? 0 : toneOf(state) === 'busy' && promiseBy ? 1 : toneOf(state) === 'busy' ? 2 : 3
  const [a, b] = [rank(one), rank(other)]
  if (a !== b) return a - b
  return a === 1 ? Date.parse(one.promiseBy ?? '') - Date.parse(other.promiseBy ?? '') : other.number - one.number
}

/** Near enough that somebody should look. */
const soonMs = 15 * 60_000

/** How urgent a promise is; a settled booking's is history. */
export function promiseTone(promiseBy: string | null, state: string, now: number): Tone {
  if (!promiseBy || (toneOf(state) !== 'busy' && state !== 'needs-operator')) return 'calm'
  const left = Date.parse(promiseBy) - now
  return left <= 0 ? 'bad' : left < soonMs ? 'busy' : 'calm'
}

export type VendorHealth = 'up' | 'unsteady' | 'down' | 'quiet'

/** A vendor as an operator needs it: kept away from, failing at times, working, or not asked for a while. */
export function healthOf({ breaker, calls, failed }: Pick<Vendor, 'breaker' | 'calls' | 'failed'>): VendorHealth {
  if (breaker === 'open') return 'down'
  if (breaker !== 'closed') return 'unsteady'
  if (calls === 0) return 'quiet'
  return failed / calls > 0.5 ? 'down' : failed > 0 ? 'unsteady' : 'up'
}

export const healthTone: Record<VendorHealth, Tone> = { up: 'good', unsteady: 'busy', down: 'bad', quiet: 'calm' }
