import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import type { Problem } from '~/api/problem'
import type { Address } from '../address'

/** Enough for a few screens; the next page is asked for before its rows are reached. */
const pageRows = 200

/** Rows one search keeps in memory. Whoever wants more narrows the time or the words. */
export const searchRowsMax = 10_000

/** How soon a search is tried again by itself while an engine is down. */
const retryMs = 5_000

/** Results stay as they were found until the reader asks anew, and are let go soon after he has left them. */
const asFound = { staleTime: Number.POSITIVE_INFINITY, gcTime: 60_000 }

const retrying = ({ state }: { state: { error: Error | null } }) =>
  (state.error as Problem | null)?.isPassing ? retryMs : (false as const)

type Asked = Pick<Address, 'query' | 'from' | 'to'>

export function searchQuery({ query, from, to, order }: Asked & Pick<Address, 'order'>, run: number) {
  return infiniteQueryOptions({
    queryKey: ['logs', 'search', query, from, to, order, run],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/logs/search', { params: { query: { q: query, order, limit: pageRows, ...pageParam } }, signal }),
      ),
    initialPageParam: { from, to } as { from: string; to: string; cursor?: string },
    // Later pages are of the very range the first one was of: "now" has moved on since.
    getNextPageParam: (last, pages) =>
      last.nextCursor && pages.reduce((rows, page) => rows + page.records.length, 0) < searchRowsMax
        ? { from: last.from, to: last.to, cursor: last.nextCursor }
        : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: retrying,
    ...asFound,
  })
}

export function histogramQuery({ query, from, to }: Asked, buckets: number, run: number) {
  return queryOptions({
    queryKey: ['logs', 'histogram', query, from, to, buckets, run],
    queryFn: ({ signal }) =>
      call(api.GET('/api/logs/histogram', { params: { query: { q: query, from, to, buckets } }, signal })),
    placeholderData: keepPreviousData,
    ...asFound,
  })
}

export function fieldsQuery({ query, from, to }: Asked, run: number) {
  return queryOptions({
    queryKey: ['logs', 'fields', query, from, to, run],
    queryFn: async ({ signal }) =>
      (await call(api.GET('/api/logs/fields', { params: { query: { q: query, from, to } }, signal }))).fields ?? [],
    placeholderData: keepPreviousData,
    ...asFound,
  })
}

export function valuesQuery({ query, from, to }: Asked, field: string, prefix: string, limit: number, run: number) {
  return queryOptions({
    queryKey: ['logs', 'values', query, from, to, field, prefix, limit, run],
    queryFn: async ({ signal }) => {
      const params = { query: { q: query, from, to, field, limit, ...(prefix && { prefix }) } }
      return (await call(api.GET('/api/logs/fields', { params, signal }))).values ?? []
    },
    placeholderData: keepPreviousData,
    ...asFound,
  })
}

export function recordQuery(sequence: string) {
  return queryOptions({
    queryKey: ['logs', 'record', sequence],
    queryFn: ({ signal }) => call(api.GET('/api/logs/records/{sequence}', { params: { path: { sequence } }, signal })),
    ...asFound,
  })
}

export function contextQuery(sequence: string, before: number, after: number) {
  return queryOptions({
    queryKey: ['logs', 'context', sequence, before, after],
    queryFn: ({ signal }) =>
      call(api.GET('/api/logs/context', { params: { query: { sequence, before, after } }, signal })),
    placeholderData: keepPreviousData,
    ...asFound,
  })
}
