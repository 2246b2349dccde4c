import { expect, it } from 'vitest'
import { followEveryMs } from '../queries'
import { cardPage, isAhead, mayCancel, progressOf, standingOf, toneOf } from './standing'

const now = Date.parse('2026-11-21T10:00:00Z')
const tomorrow = '2026-11-22T19:00:00+08:00'

it('Every state a booking can have has words, and an unknown one is on the way', () => {
  const states = [
    'requested',
    'held',
    'authorised',
    'seated',
    'awaiting-venue',
    'awaiting-payment',
    'confirmed',
    'undoing',
    'cancelling',
  ]
  expect(states.map(state => standingOf({ state }))).toEqual([
    'securing',
    'securing',
    'securing',
    'securing',
    'asking',
    'paying',
    'confirmed',
    'returning',
    'returning',
  ])
  expect(standingOf({ state: 'something new' })).toBe('securing')
  expect(toneOf(standingOf({ state: 'needs-operator' }))).toBe('bad')
})

it('Progress goes forward only, and ends where a booking is given back', () => {
  expect(['requested', 'held', 'seated', 'confirmed'].map(state => progressOf({ state }))).toEqual([1, 1, 2, 3])
  for (const state of ['undoing', 'declined', 'cancelled', 'needs-operator']) expect(progressOf({ state })).toBeNull()
})

it('What is over cannot be cancelled, nor a collected item, nor yesterday', () => {
  expect(mayCancel({ state: 'held', what: 'item', startsAt: null }, now)).toBe(true)
  expect(mayCancel({ state: 'confirmed', what: 'experience', startsAt: tomorrow }, now)).toBe(true)
  expect(mayCancel({ state: 'confirmed', what: 'experience', startsAt: '2026-11-20T19:00:00Z' }, now)).toBe(false)
  expect(mayCancel({ state: 'confirmed', what: 'item', startsAt: null }, now)).toBe(false)
  for (const state of ['declined', 'expired', 'cancelled', 'cancelling', 'undoing', 'needs-operator'])
    expect(mayCancel({ state, what: 'experience', startsAt: tomorrow }, now), state).toBe(false)
})

it('A booking is followed until nothing can change any more', () => {
  const young = { settled: false, state: 'held', createdAt: '2026-11-21T09:59:50Z' }
  expect(followEveryMs(young, now)).toBe(1_500)
  expect(followEveryMs({ ...young, createdAt: '2026-11-21T08:00:00Z' }, now)).toBe(4_000)
  expect(followEveryMs({ ...young, settled: true }, now)).toBe(false)
})

it('What is open or still to come stands on top', () => {
  expect(isAhead({ settled: false, state: 'held', startsAt: null }, now)).toBe(true)
  expect(isAhead({ settled: true, state: 'confirmed', startsAt: tomorrow }, now)).toBe(true)
  expect(isAhead({ settled: true, state: 'cancelled', startsAt: tomorrow }, now)).toBe(false)
})

it('Only a web page is opened as the card page', () => {
  expect(cardPage('https://checkout.example/pay/1')).toBe('https://checkout.example/pay/1')
  for (const url of [null, '', 'javascript:alert(1)', 'data:text/html,x', '/pay']) expect(cardPage(url)).toBeNull()
})
