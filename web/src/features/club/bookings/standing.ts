import type { Booking } from '../types'

/** What a member needs to know of a booking's state, which has more words than he has questions. */
export type Standing =
  | 'securing'
  | 'asking'
  | 'paying'
  | 'confirmed'
  | 'returning'
  | 'declined'
  | 'expired'
  | 'cancelled'
  | 'person'

const standings: Record<string, Standing> = {
  requested: 'securing',
  held: 'securing',
  authorised: 'securing',
  seated: 'securing',
  'awaiting-venue': 'asking',
  'awaiting-payment': 'paying',
  confirmed: 'confirmed',
  undoing: 'returning',
  cancelling: 'returning',
  declined: 'declined',
  expired: 'expired',
  cancelled: 'cancelled',
  'needs-operator': 'person',
}

/** A state this page has no words for is one on the way. */
export const standingOf = ({ state }: Pick<Booking, 'state'>): Standing => standings[state] ?? 'securing'

export type Tone = 'busy' | 'good' | 'calm' | 'bad'

export const toneOf = (standing: Standing): Tone =>
  standing === 'confirmed'
    ? 'good'
    : standing === 'declined' || standing === 'expired' || standing === 'person'
      ? 'bad'
      : standing === 'cancelled'
        ? 'calm'
        : 'busy'

/** How far it has come: asked, secured, confirmed. Null when it does not go there any more. */
export function progressOf({ state }: Pick<Booking, 'state'>): 1 | 2 | 3 | null {
  if (state === 'confirmed') return 3
  if (state === 'seated') return 2
  return ['requested', 'held', 'authorised', 'awaiting-venue', 'awaiting-payment'].includes(state) ? 1 : null
}

/** Whether the member can still call it off; how late is too late for a confirmed one the host knows. */
export function mayCancel(
  { state, what, startsAt }: Pick<Booking, 'state' | 'what' | 'startsAt'>,
  now: number,
): boolean {
  if (state === 'confirmed') return what === 'experience' && startsAt !== null && Date.parse(startsAt) > now
  return ['requested', 'held', 'authorised', 'seated', 'awaiting-venue', 'awaiting-payment'].includes(state)
}

/** Still to come, or still open: what belongs on top of a list. */
export const isAhead = (booking: Pick<Booking, 'settled' | 'state' | 'startsAt'>, now: number) =>
  !booking.settled || (booking.state === 'confirmed' && booking.startsAt !== null && Date.parse(booking.startsAt) > now)

/** The card page belongs to the card company; whatever else an answer may say, nothing but a web page is opened. */
export function cardPage(url: string | null): string | null {
  if (!url) return null
  try {
    const { protocol, href } = new URL(url)
    return protocol === 'https:' || protocol === 'http:' ? href : null
  } catch {
    return null
  }
}
