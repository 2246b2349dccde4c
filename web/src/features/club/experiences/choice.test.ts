import { expect, it } from 'vitest'
import { dateOf, slotOf, takes, ticketsOf, wishOf } from './choice'

const seven = { startsAt: '2026-11-24T19:00:00+08:00', instant: true, left: 4 }
const eight = { startsAt: '2026-11-24T20:00:00+08:00', instant: false, left: null }

it('Tickets stay within what may be booked, whatever the address says', () => {
  expect(ticketsOf({}, 8)).toBe(2)
  expect(ticketsOf({}, 1)).toBe(1)
  for (const [tickets, read] of [
    ['3', 3],
    ['99', 8],
    ['0', 1],
    ['-4', 1],
    ['two', 2],
    ['2.5', 2],
  ] as const)
    expect(ticketsOf({ tickets }, 8), tickets).toBe(read)
})

it('Only a date is a date', () => {
  expect(dateOf({ date: '2026-11-24' })).toBe('2026-11-24')
  for (const date of [undefined, '', 'tomorrow', '24/11/2026'])
    expect(dateOf(date === undefined ? {} : { date })).toBe('')
})

it('A chosen time that is gone, or too small by now, is chosen no more', () => {
  expect(slotOf({ time: seven.startsAt }, 2, [seven, eight])).toBe(seven)
  expect(slotOf({ time: seven.startsAt }, 5, [seven, eight])).toBeNull()
  expect(slotOf({ time: '2026-11-24T21:00:00+08:00' }, 2, [seven, eight])).toBeNull()
  expect(slotOf({ time: seven.startsAt }, 2, undefined)).toBeNull()
  expect(takes(eight, 10)).toBe(true)
})

it('While nothing is known a time on the clock of the place can be asked for', () => {
  expect(wishOf({ time: '19:30' }, '2026-11-24', 'Asia/Singapore')).toEqual({
    startsAt: '2026-11-24T11:30:00.000Z',
    instant: false,
    left: null,
  })
  for (const time of [undefined, '', '25:99', seven.startsAt])
    expect(wishOf(time === undefined ? {} : { time }, '2026-11-24', 'Asia/Singapore'), time).toBeNull()
})
