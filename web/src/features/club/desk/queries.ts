import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

const everyMs = 5_000

export const deskBookingsQuery = (q: string, state: string) =>
  queryOptions({
    queryKey: ['desk', 'bookings', q, state],
    queryFn: async ({ signal }) => {
      const query = { ...(q && { q }), ...(state && { state }) }
      return (await call(api.GET('/api/club/desk/bookings', { params: { query }, signal }))).items
    },
    refetchInterval: everyMs,
    staleTime: everyMs,
  })

export const deskBookingQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'booking', id],
    queryFn: ({ signal }) => call(api.GET('/api/club/desk/bookings/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data?.booking.settled ? 15_000 : 3_000),
    staleTime: 2_000,
  })

export const lanesQuery = queryOptions({
  queryKey: ['desk', 'lanes'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/desk/lanes', { signal }))).items,
  refetchInterval: everyMs,
})

export const pointChangesQuery = queryOptions({
  queryKey: ['desk', 'points'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/desk/point-changes', { signal }))).items,
  refetchInterval: 10_000,
})

/** Costs a pass over the tables, so it is made when somebody asks for it. */
export const invariantsQuery = queryOptions({
  queryKey: ['desk', 'invariants'],
  queryFn: ({ signal }) => call(api.GET('/api/club/desk/invariants', { signal })),
  staleTime: 0,
})

export const erasuresQuery = queryOptions({
  queryKey: ['desk', 'erasures'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/desk/erasures', { signal }))).items,
  refetchInterval: 30_000,
})

export const vendorsQuery = queryOptions({
  queryKey: ['desk', 'vendors'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/desk/vendors', { signal }))).items,
  refetchInterval: everyMs,
})

/** Members who have signed in before; the first hundred by name. */
export const membersQuery = (q: string) =>
  queryOptions({
    queryKey: ['desk', 'members', q],
    queryFn: async ({ signal }) =>
      (await call(api.GET('/api/club/desk/members', { params: { query: q ? { q } : {} }, signal }))).items,
    placeholderData: keepPreviousData,
  })

export const collectionQuery = queryOptions({
  queryKey: ['desk', 'collection'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/curation/items', { signal }))).items,
  staleTime: 5_000,
})

export const programmeQuery = queryOptions({
  queryKey: ['desk', 'programme'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/curation/experiences', { signal }))).items,
  staleTime: 5_000,
})

export const venuesQuery = queryOptions({
  queryKey: ['desk', 'venues'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/curation/venues', { signal }))).items,
  staleTime: 60_000,
})
