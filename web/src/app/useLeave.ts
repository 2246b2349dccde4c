import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { forgetHistory } from '~/features/logs/query/history'
import { sessionQuery, signOut } from './session'

/** Signs out and leaves nothing of the reader behind in this browser. */
export function useLeave(to: '/sign-in' | '/club/sign-in' = '/sign-in') {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    try {
      await signOut()
    } finally {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, null)
      forgetHistory()
      await navigate({ to, search: {} })
    }
  }
}
