import { expect, it } from 'vitest'
import { payOf } from './pay'

it('Points come first while they suffice, and the card is offered when they do not', () => {
  expect(payOf(null, 600, 18_000, 12_400)).toBe('points')
  expect(payOf(null, 600, 18_000, 140)).toBe('card')
  expect(payOf('points', 600, 18_000, 140)).toBe('card')
  expect(payOf('card', 600, 18_000, 12_400)).toBe('card')
})

it('What is not sold for money needs the points, and the other way round', () => {
  expect(payOf(null, 600, null, 140)).toBeNull()
  expect(payOf('card', 600, null, 700)).toBe('points')
  expect(payOf(null, null, 18_000, 700)).toBe('card')
})

it('Without knowing the balance the host is left to judge', () => {
  expect(payOf(null, 600, 18_000, undefined)).toBe('points')
})
