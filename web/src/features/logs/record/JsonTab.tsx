import { useMemo } from 'react'
import type { LogRecord } from '~/api/types'
import styles from './Record.module.css'

const piece = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** The record as it was answered, coloured by kind. */
export function JsonTab({ record }: { record: LogRecord }) {
  const pieces = useMemo(() => coloured(JSON.stringify(record, null, 2)), [record])
  return (
    <pre className={styles.json}>
      {pieces.map(({ text, kind }, at) =>
        kind ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name than their place.
          <span key={at} data-kind={kind}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </pre>
  )
}

function coloured(json: string) {
  const pieces: { text: string; kind?: 'name' | 'text' | 'number' }[] = []
  let at = 0
  for (const found of json.matchAll(piece)) {
    if (found.index > at) pieces.push({ text: json.slice(at, found.index) })
    pieces.push({ text: found[0], kind: found[2] ? 'name' : found[1] ? 'text' : 'number' })
    at = found.index + found[0].length
  }
  pieces.push({ text: json.slice(at) })
  return pieces
}
