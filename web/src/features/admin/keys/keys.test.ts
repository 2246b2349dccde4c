import { expect, it } from 'vitest'
import type { ApiKey } from '~/api/types'
import { stateOf } from './keys'

const now = Date.parse('2026-11-21T12:00:00Z')
const key = (some: Partial<ApiKey>) => ({ revokedAt: null, expiresAt: null, replacedBy: null, ...some }) as ApiKey

it('A key works until it ends, is rotated or revoked', () => {
  expect(stateOf(key({}), now)).toBe('works')
  expect(stateOf(key({ expiresAt: '2026-11-21T12:00:01Z' }), now)).toBe('works')
  expect(stateOf(key({ expiresAt: '2026-11-21T12:00:00Z' }), now)).toBe('ended')
  expect(stateOf(key({ replacedBy: 'x', expiresAt: '2026-11-22T00:00:00Z' }), now)).toBe('ends')
  expect(stateOf(key({ replacedBy: 'x', revokedAt: '2026-11-20T00:00:00Z' }), now)).toBe('revoked')
})
