import { useMutation, useQueryClient } from '@tanstack/react-query'

/** An operator's action: afterwards everything on the desk is asked anew. */
export function useDeskAction<T>(act: (input: T) => Promise<unknown>, done?: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => done?.(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  })
}
