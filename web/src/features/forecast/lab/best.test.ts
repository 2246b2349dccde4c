import { expect, it } from 'vitest'
import { bestOf } from './best'

it('The smallest error is best, the highest skill, and the coverage nearest to what was promised', () => {
  expect(bestOf([3, 1, 2], 'low')).toBe(1)
  expect(bestOf([0.01, 0.06], 'high')).toBe(1)
  expect(bestOf([0.99, 0.896, 0.85], 0.9)).toBe(1)
})

it('Nothing is best among equals or where nothing is known', () => {
  expect(bestOf([2, 2], 'low')).toBeNull()
  expect(bestOf([undefined, Number.NaN], 'low')).toBeNull()
})
