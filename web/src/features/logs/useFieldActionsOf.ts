import { useMemo } from 'react'
import { useExplorer } from './explorer'
import { exclude, only } from './query/edit'
import type { FieldActions } from './record/actions'
import { added, removed } from './table/columns'

/** What a field of an open record does to the list it was opened from. */
export function useFieldActionsOf(): FieldActions {
  const { address, search, change } = useExplorer()
  const { query, columns } = address
  return useMemo(
    () => ({
      include: (field, value) => search(only(query, field, value)),
      exclude: (field, value) => search(exclude(query, field, value)),
      columns,
      toggleColumn: field =>
        change({ columns: columns.includes(field) ? removed(columns, field) : added(columns, field) }),
    }),
    [query, columns, search, change],
  )
}
