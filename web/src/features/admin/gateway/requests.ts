import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import type { RequestSearch, RequestTime } from './times'

const hoursOf: Record<RequestTime, number> = { '1h': 1, '24h': 24, '7d': 168, '30d': 720, '90d': 2160 }

const hourMs = 3_600_000

/** Often enough to watch a change come into force. */
const everyMs = 15_000

/** What passed the gateway until now, looked at again and again. */
export const requestsQuery = ({ time = '1h', route, key }: RequestSearch) =>
  queryOptions({
    queryKey: ['admin', 'requests', time, route, key],
    queryFn: ({ signal }) => {
      const to = Date.now()
      return call(
        api.GET('/api/admin/requests', {
          params: {
            query: {
              from: new Date(to - hoursOf[time] * hourMs).toISOString(),
              to: new Date(to).toISOString(),
              ...(route && { route }),
              ...(key && { key }),
            },
          },
          signal,
        }),
      )
    },
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  })
