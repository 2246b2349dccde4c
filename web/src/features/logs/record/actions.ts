import { createContext, use } from 'react'

/** What can be done with a field: in the explorer it changes the list, on the page of one record it leads to the explorer. */
export interface FieldActions {
  include: (field: string, value: string) => void
  exclude: (field: string, value: string) => void
  columns: readonly string[]
  toggleColumn: (field: string) => void
}

export const FieldActionsContext = createContext<FieldActions | null>(null)

export function useFieldActions(field: string, value: string) {
  const actions = use(FieldActionsContext)
  if (!actions) throw new Error('useFieldActions outside of FieldActionsContext')
  return {
    include: () => actions.include(field, value),
    exclude: () => actions.exclude(field, value),
    shown: actions.columns.includes(field),
    toggleColumn: () => actions.toggleColumn(field),
  }
}
