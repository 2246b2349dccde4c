import { expect, it } from 'vitest'
import { fromWallTime, timeFormat, wallTime } from './time'

const instant = '2026-11-21T10:00:05.123456789Z'

it('A row shows the day and the milliseconds in the zone of the reader', () => {
  expect(timeFormat('en', 'UTC').row(instant)).toBe('Nov 21 10:00:05.123')
  expect(timeFormat('en', 'Asia/Tokyo').row(instant)).toBe('Nov 21 19:00:05.123')
})

it('The fraction is a point in every language', () => {
  expect(timeFormat('it', 'UTC').clock(instant)).toBe('10:00:05.123')
})

it('The full time keeps every digit that was sent and names the zone', () => {
  expect(timeFormat('en', 'UTC').full(instant)).toBe('2026-11-21 10:00:05.123456789 UTC')
  expect(timeFormat('en', 'Asia/Kolkata').full(instant)).toBe('2026-11-21 15:30:05.123456789 GMT+5:30')
})

it('An axis says as little as tells its times apart', () => {
  const { tick } = timeFormat('en', 'UTC')
  const at = Date.parse(instant)
  expect(tick(at, 60_000)).toBe('10:00:05')
  expect(tick(at, 3_600_000)).toBe('10:00')
  expect(tick(Date.parse('2026-11-21T00:00:00Z'), 7 * 86_400_000)).toBe('Nov 21')
})

it('A wall clock and its instant lead to each other in any zone, on either side of a change of clocks', () => {
  for (const zone of ['UTC', 'Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']) {
    for (const time of [
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00Z',
      '2026-07-01T12:00:00Z',
      '2026-11-01T07:30:00Z',
    ]) {
      const at = Date.parse(time)
      expect(fromWallTime(wallTime(at, zone), zone), `${zone} ${time}`).toBe(at)
    }
  }
})

it('What is no time has no instant', () => {
  expect(fromWallTime('', 'UTC')).toBeNull()
  expect(fromWallTime('2026-13-41T00:00', 'UTC')).toBeNull()
})
