import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import { useAct } from '~/ui/desk/useAct'

export const jobStates = ['waiting', 'running', 'parked', 'done', 'cancelled', 'discarded'] as const

/** As much as the host gives at a time. */
const rowsMax = 500

const key = ['admin', 'jobs']

export const jobsQuery = (state: string | undefined) =>
  queryOptions({
    queryKey: [...key, state],
    queryFn: ({ signal }) =>
      call(api.GET('/api/platform/jobs', { params: { query: { limit: rowsMax, ...(state && { state }) } }, signal })),
    refetchInterval: 5_000,
  })

interface Because {
  /** The job or the lane. */
  of: string
  reason: string
}

export function useJobActs() {
  const path = (id: string) => ({ path: { id } })
  return {
    retry: useAct((id: string) => call(api.POST('/api/platform/jobs/{id}/retry', { params: path(id) })), key),
    discard: useAct(
      ({ of, reason }: Because) =>
        call(api.POST('/api/platform/jobs/{id}/discard', { params: path(of), body: { reason } })),
      key,
    ),
    cancel: useAct(
      ({ of, reason }: Because) =>
        call(api.POST('/api/platform/jobs/{id}/cancel', { params: path(of), body: { reason } })),
      key,
    ),
    pause: useAct(
      ({ of, reason }: Because) =>
        call(api.POST('/api/platform/lanes/{lane}/pause', { params: { path: { lane: of } }, body: { reason } })),
      key,
    ),
    resume: useAct(
      (lane: string) => call(api.POST('/api/platform/lanes/{lane}/resume', { params: { path: { lane } } })),
      key,
    ),
  }
}

export const parkedQuery = queryOptions({
  queryKey: ['admin', 'parked'],
  queryFn: ({ signal }) => call(api.GET('/api/platform/deliveries/parked', { signal })),
  refetchInterval: 5_000,
})
