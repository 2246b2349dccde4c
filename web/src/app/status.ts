import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

/** Often enough to be believed, seldom enough to cost nothing. */
const everyMs = 15_000

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => call(api.GET('/api/platform/status', { signal })),
  refetchInterval: everyMs,
  staleTime: everyMs,
})
