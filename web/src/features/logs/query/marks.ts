import { clausesOf, tokensOf } from './tokens'

/** What in a body the query asked for, as one expression to mark; null when it asked for no words. */
export function marksOf(query: string): RegExp | null {
  const words = new Set<string>()
  for (const word of soughtWords(query)) {
    const sought = word.trim()
    if (sought === '' || /^\*+$/.test(sought)) continue
    words.add(pattern(sought))
  }
  return words.size > 0 ? new RegExp([...words].join('|'), 'giu') : null
}

function soughtWords(query: string): string[] {
  const clauses = clausesOf(query)
  if (clauses) {
    return clauses.flatMap(clause =>
      clause.negated || clause.value === null || !(clause.field === null || /^(body|message)$/i.test(clause.field))
        ? []
        : [clause.value],
    )
  }
  // With an OR any of the words may be what matched; after a minus none.
  const tokens = tokensOf(query)
  return tokens
    .filter(
      (token, i) =>
        (token.kind === 'word' || token.kind === 'phrase') && !/^(not|field)$/.test(tokens[i - 1]?.kind ?? ''),
    )
    .map(token => token.text.replace(/^"|"$/g, ''))
}

const edge = '[\\p{L}\\p{N}]'

// As the server matches: the very text, as whole words; a wildcard does not cross a blank.
function pattern(word: string): string {
  const inner = word
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('\\S*')
    .replace(/^\\S\*|\\S\*$/g, `${edge}*`)
  const before = new RegExp(`^${edge}`, 'u').test(word) ? `(?<!${edge})` : ''
  const after = new RegExp(`${edge}$`, 'u').test(word) ? `(?!${edge})` : ''
  return `${before}${inner}${after}`
}

export interface Piece {
  text: string
  marked: boolean
}

/** The text cut into marked and unmarked pieces, in order. */
export function markedPieces(text: string, marks: RegExp | null): Piece[] {
  if (!marks) return [{ text, marked: false }]
  const pieces: Piece[] = []
  let at = 0
  for (const found of text.matchAll(marks)) {
    if (found[0] === '') continue
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), marked: false })
    pieces.push({ text: found[0], marked: true })
    at = found.index + found[0].length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}
