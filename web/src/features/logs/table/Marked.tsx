import { memo } from 'react'
import { markedPieces } from '../query/marks'

/** In a list more than this of one text is never seen; the rest is in the open record. */
const shownMax = 2_000

interface Props {
  text: string
  marks: RegExp | null
  all?: boolean
}

/** Text of a record with what was sought standing out. It is only ever text, whatever it contains. */
export const Marked = memo(function Marked({ text, marks, all = false }: Props) {
  const shown = all ? text : text.slice(0, shownMax)
  if (!marks) return shown
  return markedPieces(shown, marks).map(({ text: piece, marked }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name than their place.
    marked ? <mark key={at}>{piece}</mark> : piece,
  )
})
