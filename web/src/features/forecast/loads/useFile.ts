import { useState } from 'react'
import { useTimeFormat } from '~/app/preferences'
import type { Mapping } from '../data/shapes'
import { type Draft, draftOf, faultsOf, mappingOf, missingOf } from './mapping'
import { readTable, type Table } from './table'

/** A chosen file, what its beginning looks like, and how it is to be read. */
export function useFile() {
  const { zone } = useTimeFormat()
  const [file, setFile] = useState<File | null>(null)
  const [table, setTable] = useState<Table | null>(null)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [unreadable, setUnreadable] = useState(false)

  const complete = (one: Draft, of: Table): Mapping | null =>
    faultsOf(one).length === 0 && missingOf(one, of.header).length === 0 ? mappingOf(one) : null

  const pick = async (picked: File) => {
    setFile(picked)
    setUnreadable(false)
    try {
      const read = await readTable(picked)
      const guessed = draftOf(read.header, read.delimiter, zone)
      setTable(read)
      setDraft(guessed)
      return { draft: guessed, table: read, mapping: complete(guessed, read) }
    } catch {
      setUnreadable(true)
      setTable(null)
      setDraft(null)
      return null
    }
  }
  const change = (next: Draft | null): Mapping | null => {
    setDraft(next)
    return next && table ? complete(next, table) : null
  }
  return { file, table, draft, unreadable, pick, change, mapping: draft && table ? complete(draft, table) : null }
}
