import { QueryClient } from '@tanstack/react-query'
import { Problem } from '~/api/problem'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A wrong request stays wrong, and a page that waits through three hidden retries looks dead.
      retry: (failures, problem) => problem instanceof Problem && problem.status === 0 && failures < 1,
      refetchOnWindowFocus: false,
      staleTime: 30_000,
      gcTime: 120_000,
    },
  },
})
