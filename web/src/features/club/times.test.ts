import { expect, it } from 'vitest'
import { cityOf, clockText, daysFrom, dayText, momentText, wallOf } from './times'

const lateInRome = Date.parse('2026-11-21T22:30:00Z')

it('A start is told by the clock of its place', () => {
  expect(wallOf('2026-11-24T19:00:00+08:00', 'Asia/Singapore')).toEqual({ date: '2026-11-24', time: '19:00' })
  expect(clockText('2026-11-24T19:00:00+08:00', 'Asia/Singapore', 'en')).toBe('19:00')
})

it('Days begin with the day that it is at the place', () => {
  expect(daysFrom(lateInRome, 'Europe/Rome', 3)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23'])
  expect(daysFrom(lateInRome, 'Asia/Tokyo', 2)).toEqual(['2026-11-22', '2026-11-23'])
  expect(daysFrom(Date.parse('2026-12-30T12:00:00Z'), 'UTC', 3).at(-1)).toBe('2027-01-01')
})

it('A moment of another day says which', () => {
  expect(momentText('2026-11-21T21:00:00Z', lateInRome, 'Europe/Rome', 'en-GB')).toBe('22:00')
  expect(momentText('2026-11-20T21:00:00Z', lateInRome, 'Europe/Rome', 'en-GB')).toBe('20 Nov, 22:00')
})

it('Days and places are in words', () => {
  expect(dayText('2026-11-24', 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' })).toBe('Tuesday 24 November')
  expect(cityOf('America/Sao_Paulo')).toBe('Sao Paulo')
})
