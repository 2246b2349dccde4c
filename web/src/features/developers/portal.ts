import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

export const ownKeysQuery = queryOptions({
  queryKey: ['portal', 'keys'],
  queryFn: ({ signal }) => call(api.GET('/api/portal/keys', { signal })),
})

/** So many days back usage is shown. */
const days = 30

export const usageQuery = queryOptions({
  queryKey: ['portal', 'usage'],
  queryFn: ({ signal }) => call(api.GET('/api/portal/usage', { params: { query: { days } }, signal })),
})

const dayMs = 86_400_000

/** Every day from the first to the last, as `2026-11-21`, also those nothing is known of. */
export function daysBetween(from: string, to: string): string[] {
  const all: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs) all.push(new Date(at).toISOString().slice(0, 10))
  return all
}
