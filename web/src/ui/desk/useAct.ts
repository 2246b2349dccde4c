import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

/** Something that changes what other queries show; these are asked again before it counts as done. */
export function useAct<Value = void, Answer = unknown>(
  run: (value: Value) => Promise<Answer>,
  ...changes: readonly QueryKey[]
) {
  const queries = useQueryClient()
  return useMutation<Answer, Error, Value>({
    mutationFn: run,
    onSuccess: () => Promise.all(changes.map(queryKey => queries.invalidateQueries({ queryKey }))),
  })
}
