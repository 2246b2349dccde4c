import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { forgetHistory } from '~/features/logs/query/history'
import { sessionQuery, signOut } from './session'

/** Signs out and leaves nothing of the reader behind in this browser; who came by a provider is led to its sign-out too. */
export function useLeave(to: '/sign-in' | '/club/sign-in' = '/sign-in') {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    let elsewhere: string | undefined
    try {
      elsewhere = (await signOut())?.continueAt
    } finally {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, null)
      forgetHistory()
      if (elsewhere) location.assign(elsewhere)
      else await navigate({ to, search: {} })
    }
  }
}
