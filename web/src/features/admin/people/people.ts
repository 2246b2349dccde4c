import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'

export const userStates = ['active', 'invited', 'locked', 'disabled'] as const

export interface UserSearch {
  search?: string
  role?: string
  state?: string
}

export const usersKey = ['admin', 'users']

export const usersQuery = ({ search, role, state }: UserSearch) =>
  infiniteQueryOptions({
    queryKey: [...usersKey, search, role, state],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/admin/users', {
          params: {
            query: {
              Limit: 100,
              ...(search && { Search: search }),
              ...(role && { Role: role }),
              ...(state && { State: state }),
              ...(pageParam && { Cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: page => page.nextCursor,
  })

export const invitationsKey = ['admin', 'invitations']

export const invitationsQuery = infiniteQueryOptions({
  queryKey: invitationsKey,
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    call(
      api.GET('/api/admin/invitations', {
        params: { query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: page => page.nextCursor,
})

export const rolesQuery = queryOptions({
  queryKey: ['admin', 'roles'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/admin/roles', { signal }))).items,
})

export const permissionsQuery = queryOptions({
  queryKey: ['admin', 'permissions'],
  queryFn: ({ signal }) => call(api.GET('/api/admin/permissions', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

export const organizationsQuery = queryOptions({
  queryKey: ['admin', 'organizations'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/admin/organizations', { signal }))).items,
})

export const applicationsQuery = queryOptions({
  queryKey: ['admin', 'applications'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/admin/applications', { signal }))).items,
})
