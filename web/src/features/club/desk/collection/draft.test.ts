import { expect, it } from 'vitest'
import type { Item } from '../types'
import { bodyOf, draftOf, faultsOf, newDraft } from './draft'

const scarf: Item = {
  id: '1',
  organization: 1,
  title: 'Silk scarf',
  description: 'Hand-rolled edges.',
  unit: 'Boutiques',
  pricePoints: 1_500,
  priceMinor: 42_000,
  currency: 'SGD',
  free: 3,
  reserved: 1,
  sold: 2,
  state: 'published',
  place: 1,
  pictures: ['a'],
  version: 4,
}

it('A piece is sent as it was read when nothing was typed', () => {
  expect(faultsOf(draftOf(scarf), scarf.free)).toEqual([])
  expect(bodyOf(draftOf(scarf))).toMatchObject({ pricePoints: 1_500, priceMinor: 42_000, added: 0, version: 4 })
})

it('More come in, and no more are taken away than there are', () => {
  const added = (text: string) => ({ ...draftOf(scarf), added: text })
  expect(bodyOf(added('+12')).added).toBe(12)
  expect(bodyOf(added('-3')).added).toBe(-3)
  expect(faultsOf(added('-3'), scarf.free)).toEqual([])
  expect(faultsOf(added('-4'), scarf.free)).toEqual(['added'])
  expect(faultsOf(added('some'), scarf.free)).toEqual(['added'])
})

it('What a new piece lacks is said by field', () => {
  expect(faultsOf(newDraft, 0)).toEqual(['title', 'unit', 'price'])
  expect(faultsOf({ ...newDraft, title: 'Tea', unit: 'Houses', price: '0', currency: 'sgd' }, 0)).toEqual([
    'currency',
    'price',
  ])
})
