import { expect, it } from 'vitest'
import { minorOf, money, typedMoney } from './money'

it('A price has the digits of its currency', () => {
  expect(money(18_000, 'SGD', 'en')).toBe('SGD\u00a0180.00')
  expect(money(42_000, 'JPY', 'en')).toBe('JPY\u00a042,000')
  expect(money(4_500, 'EUR', 'it')).toBe('45,00\u00a0EUR')
})

it('A typed price is read with a point or a comma, and not when it is none', () => {
  expect(minorOf('180', 'SGD')).toBe(18_000)
  expect(minorOf('95,50', 'EUR')).toBe(9_550)
  expect(minorOf('42000', 'JPY')).toBe(42_000)
  for (const wrong of ['', 'abc', '-5', '1.234', '12.5.5']) expect(minorOf(wrong, 'EUR'), wrong).toBeNull()
  expect(minorOf('10.5', 'JPY')).toBeNull()
})

it('What a field shows is read back as it was', () => {
  for (const [minor, currency] of [
    [1, 'EUR'],
    [29_99, 'SGD'],
    [260_00, 'JPY'],
  ] as const)
    expect(minorOf(typedMoney(minor, currency), currency)).toBe(minor)
})
