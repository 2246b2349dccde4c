import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

export const clientsQuery = queryOptions({
  queryKey: ['admin', 'clients'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/admin/clients', { signal }))).items,
})

/** A client as it is shown once: both parts belong together. */
export interface MadeClient {
  id: string
  secret: string
}
