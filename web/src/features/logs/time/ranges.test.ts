import { describe, expect, it } from 'vitest'
import { instantOf, isRange, lastOf, lengthOf, presets, readLength, shifted, widened } from './ranges'

const now = Date.parse('2026-11-21T10:00:00.000Z')

describe('an end of a range', () => {
  it('is read when it is relative', () => {
    expect(instantOf('now', now)).toBe(now)
    expect(instantOf('now-15m', now)).toBe(now - 900_000)
    expect(instantOf('-2h', now)).toBe(now - 7_200_000)
    expect(instantOf('now+1d', now)).toBe(now + 86_400_000)
  })

  it('is read when it is ISO 8601', () => {
    expect(instantOf('2026-11-21T09:30:00Z', now)).toBe(now - 1_800_000)
  })

  it('is nothing when it is neither', () => {
    for (const text of ['', 'yesterday', 'now-15', 'now-m', '15', '5 Nov', 'now--5m'])
      expect(instantOf(text, now), text).toBeNull()
  })
})

it('A range whose end lies before its start is none', () => {
  expect(isRange({ from: 'now-15m', to: 'now' })).toBe(true)
  expect(isRange({ from: 'now', to: 'now-15m' })).toBe(false)
  expect(isRange({ from: '2026-11-21T10:00:00Z', to: '2026-11-21T09:00:00Z' })).toBe(false)
  expect(isRange({ from: '2026-11-21T10:00:00Z', to: 'now' })).toBe(true)
})

it('Every preset is recognised again', () => {
  for (const preset of presets) expect(lengthOf(lastOf(preset))).toEqual(preset)
  expect(lengthOf({ from: 'now-2h', to: 'now-1h' })).toBeNull()
})

it('Lengths are read as people type them', () => {
  expect(readLength('45m')).toEqual({ count: 45, unit: 'm' })
  expect(readLength(' 90 min ')).toEqual({ count: 90, unit: 'm' })
  expect(readLength('last 3 days')).toEqual({ count: 3, unit: 'd' })
  expect(readLength('20')).toEqual({ count: 20, unit: 'm' })
  expect(readLength('1 hour')).toEqual({ count: 1, unit: 'h' })
  for (const text of ['', 'h', '0m', '5 parsecs', '-5m', '1.5h']) expect(readLength(text), text).toBeNull()
})

it('A step earlier keeps the length', () => {
  expect(shifted({ from: 'now-1h', to: 'now' }, -1, now)).toEqual({
    from: '2026-11-21T08:30:00.000Z',
    to: '2026-11-21T09:30:00.000Z',
  })
})

it('A wider range is twice as long and does not reach into the future', () => {
  expect(widened({ from: 'now-1h', to: 'now' }, now)).toEqual({
    from: '2026-11-21T08:00:00.000Z',
    to: '2026-11-21T10:00:00.000Z',
  })
  expect(widened({ from: '2026-11-21T06:00:00Z', to: '2026-11-21T07:00:00Z' }, now)).toEqual({
    from: '2026-11-21T05:30:00.000Z',
    to: '2026-11-21T07:30:00.000Z',
  })
})
