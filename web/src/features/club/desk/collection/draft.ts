import { minorOf, typedMoney } from '../../money'
import { type PriceFault, priceFaults, whole } from '../curation/price'
import type { Item, ItemDraft } from '../types'

/** A piece of the collection as it stands in the form: all text, until it is sent. */
export interface Draft {
  title: string
  description: string
  unit: string
  points: string
  price: string
  currency: string
  /** How many come in; below zero when some are taken away. */
  added: string
  place: string
  state: string
  pictures: string[]
  version: number | null
}

export const newDraft: Draft = {
  title: '',
  description: '',
  unit: '',
  points: '',
  price: '',
  currency: 'SGD',
  added: '',
  place: '1',
  state: 'draft',
  pictures: [],
  version: null,
}

export const draftOf = (one: Item): Draft => ({
  title: one.title,
  description: one.description,
  unit: one.unit,
  points: one.pricePoints == null ? '' : String(one.pricePoints),
  price: one.priceMinor == null ? '' : typedMoney(one.priceMinor, one.currency),
  currency: one.currency,
  added: '',
  place: String(one.place),
  state: one.state,
  pictures: [...one.pictures],
  version: one.version,
})

export type Fault = PriceFault | 'title' | 'unit' | 'added' | 'place'

/** What is missing or wrong. `free` is how many may be taken away. */
export function faultsOf(draft: Draft, free: number): Fault[] {
  const added = addedOf(draft.added)
  return [
    ...(draft.title.trim() === '' ? (['title'] as const) : []),
    ...(draft.unit.trim() === '' ? (['unit'] as const) : []),
    ...priceFaults(draft),
    ...(added === null || free + added < 0 ? (['added'] as const) : []),
    ...(whole(draft.place, 0) === null ? (['place'] as const) : []),
  ]
}

export const bodyOf = (draft: Draft): ItemDraft => ({
  title: draft.title.trim(),
  description: draft.description.trim(),
  unit: draft.unit.trim(),
  pricePoints: draft.points.trim() === '' ? null : whole(draft.points, 1),
  priceMinor: draft.price.trim() === '' ? null : minorOf(draft.price, draft.currency),
  currency: draft.currency,
  added: addedOf(draft.added),
  place: whole(draft.place, 0),
  state: draft.state,
  pictures: draft.pictures,
  version: draft.version,
})

function addedOf(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(/^\+/, '')
  if (plain === '') return 0
  return /^-?\d{1,6}$/.test(plain) ? Number(plain) : null
}
