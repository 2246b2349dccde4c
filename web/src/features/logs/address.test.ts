import { expect, it } from 'vitest'
import { type Address, defaultAddress, readAddress, writeAddress } from './address'

it('An address without anything is the default, and the default is written as nothing', () => {
  expect(readAddress({})).toEqual(defaultAddress)
  expect(writeAddress(defaultAddress)).toEqual({})
})

it('Whatever the page shows comes back from its address', () => {
  const address: Address = {
    query: 'level:error "a & b" path:/x?y=1',
    from: '2026-11-21T09:00:00.000Z',
    to: '2026-11-21T10:00:00.000Z',
    columns: ['service', 'odd, name', '100%2C', 'body'],
    wrap: true,
    order: 'asc',
    live: true,
    record: '18446744073709551615',
  }
  const written = new URLSearchParams(writeAddress(address)).toString()
  expect(readAddress(Object.fromEntries(new URLSearchParams(written)))).toEqual(address)
})

it('What makes no sense in an address is left aside', () => {
  const wrong = { from: 'whenever', to: 'now', columns: ',,', record: 'x1', order: 'up', live: 'yes', q: 5 }
  expect(readAddress(wrong)).toEqual(defaultAddress)
})

it('A column is shown once', () => {
  expect(readAddress({ columns: 'body,host,body' }).columns).toEqual(['body', 'host'])
})
