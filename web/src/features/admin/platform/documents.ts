import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import type { Revision } from '~/api/types'
import { useAct } from '~/ui/desk/useAct'

export const documentsQuery = queryOptions({
  queryKey: ['admin', 'configuration'],
  queryFn: ({ signal }) => call(api.GET('/api/platform/configuration', { signal })),
})

const revisionsQuery = (area: string, item: string) =>
  queryOptions({
    queryKey: ['admin', 'configuration', area, item],
    queryFn: ({ signal }) =>
      call(api.GET('/api/platform/configuration/{area}/{item}', { params: { path: { area, item } }, signal })),
  })

/** The newest revision that could come into force, when it is newer than the one that is. */
export function waitingOf(revisions: readonly Revision[]): Revision | undefined {
  const newest = revisions[0]
  return newest && (newest.state === 'draft' || newest.state === 'valid') ? newest : undefined
}

/** A configuration document: its revisions, and what may become of them. */
export function useDocument(area: string, item: string) {
  const query = revisionsQuery(area, item)
  const revisions = useQuery(query)
  const path = { area, item }
  const changes = documentsQuery.queryKey
  const draft = useAct(
    ({ body, note }: { body: unknown; note: string }) =>
      call(
        api.POST('/api/platform/configuration/{area}/{item}/revisions', {
          params: { path },
          body: { body: body as never, note: note || null },
        }),
      ),
    changes,
  )
  const activate = useAct(
    (id: number) =>
      call(
        api.POST('/api/platform/configuration/{area}/{item}/revisions/{id}/activate', {
          params: { path: { ...path, id } },
        }),
      ),
    changes,
  )
  const rollBack = useAct(
    () => call(api.POST('/api/platform/configuration/{area}/{item}/rollback', { params: { path } })),
    changes,
  )
  const active = revisions.data?.find(({ state }) => state === 'active')
  return {
    name: `${area}/${item}`,
    revisions,
    active,
    waiting: waitingOf(revisions.data ?? []),
    draft,
    activate,
    rollBack,
  }
}

export type ConfigurationDocument = ReturnType<typeof useDocument>
