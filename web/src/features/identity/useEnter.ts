import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import type { Session } from '~/api/types'
import { safeReturn, sessionQuery } from '~/app/session'

/** Goes in with a new session, to where the reader wanted to be. */
export function useEnter() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  return async (session: Session, wanted?: string) => {
    // Nothing an earlier reader saw may be shown to this one.
    queries.clear()
    queries.setQueryData(sessionQuery.queryKey, session)
    await navigate({ href: safeReturn(wanted, location.origin), replace: true })
    await router.invalidate()
  }
}
