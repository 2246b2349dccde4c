import { minorOf, typedMoney } from '../../money'
import { type PriceFault, priceFaults, whole } from '../curation/price'
import type { Experience, ExperienceDraft } from '../types'

/** An experience as it stands in the form: all text, until it is sent. */
export interface Draft {
  title: string
  description: string
  unit: string
  connector: string
  venue: string
  timeZone: string
  points: string
  price: string
  currency: string
  ticketsMax: string
  leadMinutes: string
  state: string
  shownFrom: string
  shownUntil: string
  pictures: string[]
  version: number | null
}

export const newDraft: Draft = {
  title: '',
  description: '',
  unit: '',
  connector: '',
  venue: '',
  timeZone: '',
  points: '',
  price: '',
  currency: 'SGD',
  ticketsMax: '6',
  leadMinutes: '60',
  state: 'draft',
  shownFrom: '',
  shownUntil: '',
  pictures: [],
  version: null,
}

export const draftOf = (one: Experience): Draft => ({
  title: one.title,
  description: one.description,
  unit: one.unit,
  connector: one.connector,
  venue: one.venue,
  timeZone: one.timeZone,
  points: one.pricePoints === null || one.pricePoints === undefined ? '' : String(one.pricePoints),
  price: one.priceMinor === null || one.priceMinor === undefined ? '' : typedMoney(one.priceMinor, one.currency),
  currency: one.currency,
  ticketsMax: String(one.ticketsMax),
  leadMinutes: String(one.leadMinutes),
  state: one.state,
  shownFrom: dayOf(one.shownFrom),
  shownUntil: dayOf(one.shownUntil),
  pictures: [...one.pictures],
  version: one.version,
})

export type Fault = PriceFault | 'title' | 'unit' | 'venue' | 'ticketsMax' | 'leadMinutes' | 'shownUntil'

/** What is missing or wrong, by field, so that it is said before it is sent. */
export function faultsOf(draft: Draft): Fault[] {
  const faults: Fault[] = []
  if (draft.title.trim() === '') faults.push('title')
  if (draft.unit.trim() === '') faults.push('unit')
  if (draft.venue === '') faults.push('venue')
  faults.push(...priceFaults(draft))
  const tickets = whole(draft.ticketsMax, 1)
  if (tickets === null || tickets > 50) faults.push('ticketsMax')
  if (whole(draft.leadMinutes, 0) === null) faults.push('leadMinutes')
  if (draft.shownFrom && draft.shownUntil && draft.shownUntil <= draft.shownFrom) faults.push('shownUntil')
  return faults
}

export const bodyOf = (draft: Draft): ExperienceDraft => ({
  title: draft.title.trim(),
  description: draft.description.trim(),
  unit: draft.unit.trim(),
  connector: draft.connector,
  venue: draft.venue,
  timeZone: draft.timeZone,
  pricePoints: draft.points.trim() === '' ? null : whole(draft.points, 1),
  priceMinor: draft.price.trim() === '' ? null : minorOf(draft.price, draft.currency),
  currency: draft.currency,
  ticketsMax: whole(draft.ticketsMax, 1),
  leadMinutes: whole(draft.leadMinutes, 0),
  state: draft.state,
  shownFrom: instantOf(draft.shownFrom),
  shownUntil: instantOf(draft.shownUntil),
  pictures: draft.pictures,
  version: draft.version,
})

/** The list with one moved up or down by one place. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(at + by, 0, one)
  return next
}

// Shown by days of UTC: a day more or less of a programme that runs for months is nobody's concern.
const dayOf = (instant: string | null | undefined) => instant?.slice(0, 10) ?? ''
const instantOf = (day: string) => (day === '' ? null : `${day}T00:00:00Z`)
