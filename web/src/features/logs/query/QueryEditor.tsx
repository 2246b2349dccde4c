import { EditorView } from '@codemirror/view'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { useExplorer } from '../explorer'
import { fieldsQuery, valuesQuery } from '../search/queries'
import { type Fault, queryExtensions, setFault } from './editor'
import type { QueryFieldProps } from './QueryBar'
import styles from './QueryBar.module.css'

/** The editor lives outside of React: it is made once, always calls what is current, and is told when the query changes. */
export default function QueryEditor({ value, onChange, onSubmit, fault }: QueryFieldProps & { fault: Fault | null }) {
  const { t } = useTranslation()
  const { address } = useExplorer()
  const queries = useQueryClient()
  const { compact } = useNumberFormat()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ value, onChange, onSubmit, address, compact })
  latest.current = { value, onChange, onSubmit, address, compact }

  useLayoutEffect(() => {
    if (!place.current) return
    const all = () => ({ ...latest.current.address, query: '' })
    const editor = new EditorView({
      doc: latest.current.value,
      selection: { anchor: latest.current.value.length },
      parent: place.current,
      extensions: queryExtensions({
        vocabulary: {
          fields: () => queries.fetchQuery({ ...fieldsQuery(all(), 0), staleTime: 60_000 }),
          values: (field, prefix) =>
            queries.fetchQuery({ ...valuesQuery(all(), field, prefix, 20, 0), staleTime: 30_000 }),
          count: rows => latest.current.compact(rows),
        },
        label: t('query.label'),
        hint: t('query.hint'),
        onSubmit: query => latest.current.onSubmit(query),
        // At once: a value rendered later would be older than the text by then, and take back what was typed in between.
        onChange: query => {
          if (query !== latest.current.value) flushSync(() => latest.current.onChange(query))
        },
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [t, queries])

  useLayoutEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      selection: { anchor: value.length },
    })
  }, [value])

  const { from, to } = fault ?? {}
  useEffect(() => {
    view.current?.dispatch({ effects: setFault.of(from === undefined || to === undefined ? null : { from, to }) })
  }, [from, to])

  return <div ref={place} className={styles.place} />
}
