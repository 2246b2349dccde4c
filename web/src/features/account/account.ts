import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => call(api.GET('/api/identity/account', { signal })),
})

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) => call(api.GET('/api/identity/sessions', { signal })),
})

export const tokensQuery = queryOptions({
  queryKey: ['account', 'tokens'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/identity/tokens', { signal }))).items,
})
