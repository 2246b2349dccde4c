import { expect, it } from 'vitest'
import { exportAddress, filterOf } from './filter'

it('The last day of a filter counts', () => {
  expect(filterOf({ from: '2026-11-20', to: '2026-11-21' })).toEqual({
    From: '2026-11-20T00:00:00Z',
    To: '2026-11-22T00:00:00.000Z',
  })
})

it('What is no day filters nothing', () => {
  expect(filterOf({ from: 'yesterday', to: '2026-13-45' })).toEqual({})
})

it('The export has the same filter, whatever it is made of', () => {
  expect(exportAddress({ action: 'identity.key', target: 'key:a&b=c' })).toBe(
    '/api/admin/audit/export?Action=identity.key&Target=key%3Aa%26b%3Dc',
  )
})
