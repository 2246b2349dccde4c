import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

export const plansQuery = queryOptions({
  queryKey: ['admin', 'plans'],
  queryFn: ({ signal }) => call(api.GET('/api/admin/plans', { signal })),
})
