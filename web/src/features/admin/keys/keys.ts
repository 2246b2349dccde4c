import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import type { ApiKey } from '~/api/types'

export const keysQuery = queryOptions({
  queryKey: ['admin', 'keys'],
  queryFn: ({ signal }) => call(api.GET('/api/admin/keys', { signal })),
})

export type KeyState = 'works' | 'ends' | 'ended' | 'revoked'

/** What is left of a key: one that was rotated still works for a while. */
export function stateOf({ revokedAt, expiresAt, replacedBy }: ApiKey, now: number): KeyState {
  if (revokedAt) return 'revoked'
  if (expiresAt && Date.parse(expiresAt) <= now) return 'ended'
  return replacedBy ? 'ends' : 'works'
}
