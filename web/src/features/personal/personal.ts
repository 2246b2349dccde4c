import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import { Problem } from '~/api/problem'
import type { PersonalData } from '~/api/types'

/** Every part of the product answers in its own time: it is asked again until all have. */
const againMs = 1_000
const againMostMs = 600_000

const collected = (of: string, ask: (signal: AbortSignal) => Promise<PersonalData>) =>
  queryOptions({
    queryKey: ['personal-data', of],
    queryFn: ({ signal }) => ask(signal),
    // A copy of a person is held no longer than it is looked at.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => state.status === 'success' && state.data?.state === 'collecting' && againMs,
  })

export type PersonalDataQuery = ReturnType<typeof collected>

export const ownDataQuery = collected('me', signal => call(api.GET('/api/identity/account/personal-data', { signal })))

export const dataOfQuery = (id: string) =>
  collected(id, signal => call(api.GET('/api/admin/users/{id}/personal-data', { params: { path: { id } }, signal })))

/** The first time it begins; asked again it tells how far it is. */
export const erasureQuery = (id: string, reason: string) =>
  queryOptions({
    queryKey: ['personal-data', id, 'erasure'],
    queryFn: ({ signal }) =>
      call(api.DELETE('/api/admin/users/{id}/personal-data', { params: { path: { id } }, body: { reason }, signal })),
    // Whatever goes wrong meanwhile: what was begun goes on. Each question is in the audit, and a part may wait for days: ever less often.
    refetchInterval: ({ state }) =>
      state.data?.state === 'erasing' && Math.min(againMs * 2 ** state.dataUpdateCount, againMostMs),
  })

/** The refusals an administrator can meet, in his language. */
const known = {
  'field-missing': 'personal.refused.reason',
  'not-yourself': 'personal.refused.yourself',
  'last-administrator': 'personal.refused.last',
  'permission-missing': 'personal.refused.above',
  'no-such-user': 'personal.refused.gone',
} as const

type Refusal = (typeof known)[keyof typeof known]

/** The same problem in the words of the reader; what is not known stays as the host said it. */
export function worded(problem: unknown, t: (key: Refusal) => string): unknown {
  if (!(problem instanceof Problem) || !(problem.code in known)) return problem
  const { status, code, field } = problem
  return new Problem(status, code, t(known[code as keyof typeof known]), field ? { field } : {})
}
