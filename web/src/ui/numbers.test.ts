import { expect, it } from 'vitest'
import { numberFormat } from './numbers'

const { count, rate, compact, duration, bytes } = numberFormat('en')

it('Small numbers are exact, large ones short', () => {
  expect(count(1_234_567)).toBe('1,234,567')
  expect(compact(9_999)).toBe('9,999')
  expect(compact(1_234_567)).toBe('1.23M')
})

it('Durations and sizes have a unit that fits', () => {
  expect(duration(38)).toBe('38 ms')
  expect(duration(1_234)).toBe('1.23 s')
  expect(bytes(0)).toBe('0 B')
  expect(bytes(999)).toBe('999 B')
  expect(bytes(1_000)).toBe('1 kB')
  expect(bytes(16_400_000)).toBe('16.4 MB')
  expect(bytes(5e15)).toBe('5,000 TB')
})

it('A rate below one is not rounded to one, nor away', () => {
  expect(rate(0.5)).toBe('0.5')
  expect(rate(1_200)).toBe('1,200')
})

it('Numbers are written as the language does', () => {
  expect(numberFormat('it').count(1_234_567)).toBe('1.234.567')
})
