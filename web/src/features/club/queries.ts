import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import type { Booking } from './types'

/** The member's points and what is set aside. Short-lived: a till somewhere else spends them too. */
export const meQuery = queryOptions({
  queryKey: ['club', 'me'],
  queryFn: ({ signal }) => call(api.GET('/api/club/me', { signal })),
  staleTime: 10_000,
})

export const experiencesQuery = queryOptions({
  queryKey: ['club', 'experiences'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/experiences', { signal }))).items,
})

export const experienceQuery = (id: string, date: string, tickets: number) =>
  queryOptions({
    queryKey: ['club', 'experience', id, date, tickets],
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/club/experiences/{id}', {
          params: { path: { id }, query: { ...(date && { date }), tickets } },
          signal,
        }),
      ),
    staleTime: 15_000,
    // What a vendor did not tell in time is asked again by the host; look whether it has come.
    refetchInterval: ({ state: { data } }) => (data && data.parts.slots.state !== 'fresh' ? 10_000 : false),
  })

export const itemsQuery = queryOptions({
  queryKey: ['club', 'items'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/items', { signal }))).items,
})

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ['club', 'item', id],
    queryFn: ({ signal }) => call(api.GET('/api/club/items/{id}', { params: { path: { id } }, signal })),
    staleTime: 10_000,
  })

export const bookingsQuery = queryOptions({
  queryKey: ['club', 'bookings'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/bookings', { signal }))).items,
  staleTime: 5_000,
})

export const messagesQuery = queryOptions({
  queryKey: ['club', 'messages'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/club/messages', { signal }))).items,
  staleTime: 5_000,
})

/** A booking followed while it can still change: quickly at first, then calmly. */
export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: ['club', 'booking', id],
    queryFn: ({ signal }) => call(api.GET('/api/club/bookings/{id}', { params: { path: { id } }, signal })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data ? followEveryMs(data, Date.now()) : false),
    refetchIntervalInBackground: true,
  })

export function followEveryMs(booking: Pick<Booking, 'settled' | 'state' | 'createdAt'>, now: number): number | false {
  if (booking.settled) return false
  if (booking.state === 'needs-operator') return 15_000
  return now - Date.parse(booking.createdAt) < 60_000 ? 1_500 : 4_000
}
