import { expect, it } from 'vitest'
import { stepsBetween, timesBetween } from './picture'

const day = 86_400_000

it('Marks of time are few and on round hours of the reader’s zone', () => {
  const from = Date.parse('2017-02-20T05:00:00Z')
  const rome = timesBetween(from, from + 7 * day, 8, 3_600_000)
  expect(rome).toHaveLength(7)
  expect(new Date(rome[0] ?? 0).toISOString()).toBe('2017-02-20T23:00:00.000Z')
  expect(timesBetween(from, from + 2 * day, 8, 0)[0]).toBe(Date.parse('2017-02-20T06:00:00Z'))
  expect(timesBetween(from, from + 4 * 365 * day, 8, 0).length).toBeLessThanOrEqual(9)
})

it('Marks of steps have the first and the last, and none crowds the last', () => {
  expect(stepsBetween(24)).toEqual([1, 6, 12, 18, 24])
  expect(stepsBetween(1)).toEqual([1])
  expect(stepsBetween(14)).toEqual([1, 2, 4, 6, 8, 10, 12, 14])
  expect(stepsBetween(25)).toEqual([1, 6, 12, 18, 25])
})
