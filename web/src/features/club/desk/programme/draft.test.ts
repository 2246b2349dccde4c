import { expect, it } from 'vitest'
import type { Experience } from '../types'
import { bodyOf, draftOf, faultsOf, moved, newDraft } from './draft'

const dinner: Experience = {
  id: 'e1',
  organization: 1,
  title: 'Dinner',
  description: 'Seven courses',
  unit: 'Restaurants',
  connector: 'sevenrooms',
  venue: 'v1',
  timeZone: 'Asia/Singapore',
  pricePoints: 600,
  priceMinor: 18_050,
  currency: 'SGD',
  ticketsMax: 8,
  leadMinutes: 60,
  state: 'published',
  shownFrom: '2026-11-01T00:00:00+00:00',
  shownUntil: null,
  place: 1,
  pictures: ['p1'],
  version: 4,
}

it('What is read is sent back as it was', () => {
  const { id, organization, place, ...rest } = dinner
  expect(bodyOf(draftOf(dinner))).toEqual({ ...rest, shownFrom: '2026-11-01T00:00:00Z' })
})

it('An empty draft says what it lacks, a filled one nothing', () => {
  expect(faultsOf(newDraft)).toEqual(['title', 'unit', 'venue', 'price'])
  expect(faultsOf(draftOf(dinner))).toEqual([])
})

it('A price in points alone will do, a wrong one will not', () => {
  expect(faultsOf({ ...draftOf(dinner), price: '' })).toEqual([])
  for (const wrong of [{ price: 'a lot' }, { points: '-5' }, { price: '', points: '' }, { price: '0' }])
    expect(faultsOf({ ...draftOf(dinner), ...wrong })).toEqual(['price'])
})

it('Numbers and dates stay in their bounds', () => {
  const draft = draftOf(dinner)
  expect(faultsOf({ ...draft, ticketsMax: '51' })).toEqual(['ticketsMax'])
  expect(faultsOf({ ...draft, leadMinutes: '' })).toEqual(['leadMinutes'])
  expect(faultsOf({ ...draft, currency: 'sgd' })).toEqual(['currency'])
  expect(faultsOf({ ...draft, shownUntil: '2026-10-01' })).toEqual(['shownUntil'])
})

it('One is moved by one place', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
})
