/**
 * The query as the eye reads it: enough to colour it, complete it and edit it by a click. The server alone decides what is
 * valid; text that makes no sense here is still sent.
 */
export type TokenKind = 'field' | 'value' | 'phrase' | 'number' | 'word' | 'operator' | 'not' | 'open' | 'close'

export interface Token {
  kind: TokenKind
  from: number
  to: number
  text: string
}

const blank = /\s/
const ends = /[\s()"]/
const operators = new Set(['AND', 'OR', 'NOT'])

// What stands before a colon must look like a name and what follows like its value: an address such as http://x or C:\x is a word.
const field = /^[\p{L}_@$][\p{L}\p{N}_.\-/@$]*:(?!\/\/|:)/u
const drive = /^\p{L}:\\[a-z0-9]/iu

export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const push = (kind: TokenKind, to: number) => {
    tokens.push({ kind, from: at, to, text: query.slice(at, to) })
    at = to
  }
  while (at < query.length) {
    const char = query.charAt(at)
    const rest = query.slice(at)
    if (blank.test(char)) at++
    else if (char === '(') push('open', at + 1)
    else if (char === ')') push('close', at + 1)
    else if (char === '-' && /^-[^\s)]/.test(rest)) push('not', at + 1)
    else if (char === '"') {
      const to = endOfPhrase(query, at)
      // A name in quotes before a colon is a field whose name has a character a bare one may not have.
      if (query.charAt(to) === ':') {
        push('field', to + 1)
        pushValue()
      } else push('phrase', to)
    } else {
      const name = drive.test(rest) ? null : field.exec(rest)
      if (name) {
        push('field', at + name[0].length)
        pushValue()
      } else {
        const to = Math.max(at + 1, endOfWord(query, at))
        push(operators.has(query.slice(at, to)) ? 'operator' : 'word', to)
      }
    }
  }
  return tokens

  function pushValue() {
    const char = query.charAt(at)
    if (char === '' || blank.test(char) || char === '(' || char === ')') return
    if (char === '"') return push('phrase', endOfPhrase(query, at))
    if (char === '[' || char === '{') return push('number', endOfRange(query, at))
    const to = Math.max(at + 1, endOfWord(query, at))
    const value = query.slice(at, to)
    push(/^-?\d+(\.\d+)?$/.test(value) || /^[<>]/.test(value) ? 'number' : 'value', to)
  }
}

function endOfPhrase(query: string, from: number): number {
  for (let at = from + 1; at < query.length; at++) {
    if (query.charAt(at) === '\\') at++
    else if (query.charAt(at) === '"') return at + 1
  }
  return query.length
}

function endOfRange(query: string, from: number): number {
  for (let at = from + 1; at < query.length; at++) if (/[\]}]/.test(query.charAt(at))) return at + 1
  return query.length
}

function endOfWord(query: string, from: number): number {
  let at = from
  // A backslash protects the sign after it; before a letter or a digit it is itself.
  while (at < query.length && !ends.test(query.charAt(at)))
    at += /^\\[^\p{L}\p{N}]/u.test(query.slice(at, at + 3)) ? 2 : 1
  return Math.min(at, query.length)
}

/** One condition at the top of the query, all of which must hold unless the query has an OR at the top. */
export interface Clause {
  from: number
  to: number
  negated: boolean
  /** Null for a free word, a phrase or a group in parentheses. */
  field: string | null
  /** Without quotes and escapes; null for a group. */
  value: string | null
}

/** A condition of which the value is still to come. */
type Begun = Pick<Clause, 'from' | 'negated' | 'field'>

/** The conditions at the top, or null when they are not simply all required: an OR, or parentheses that do not match. */
export function clausesOf(query: string): Clause[] | null {
  const clauses: Clause[] = []
  const tokens = tokensOf(query)
  let begun: Begun | null = null
  let depth = 0
  const end = (to: number, value: string | null) => {
    const { from, negated, field: name } = begun ?? { from: to, negated: false, field: null }
    clauses.push({ from, to, negated, field: name, value })
    begun = null
  }
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1]
    const open: Begun = begun ?? { from: token.from, negated: false, field: null }
    if (token.kind === 'open') {
      if (depth++ === 0) begun = open
    } else if (token.kind === 'close') {
      if (--depth < 0) return null
      if (depth === 0) end(token.to, null)
    } else if (depth > 0) {
      // Inside of a group: it is kept or dropped whole.
    } else if (token.kind === 'operator' && token.text === 'OR') return null
    else if (token.kind === 'operator' && token.text === 'AND') {
      if (begun) return null
    } else if (token.kind === 'not' || token.kind === 'operator') begun = { ...open, negated: true }
    else if (token.kind === 'field') {
      begun = { ...open, field: plain(token.text.slice(0, -1)) }
      if (next?.from !== token.to || next.kind === 'close') end(token.to, '')
    } else {
      begun = open
      end(token.to, plain(token.text))
    }
  }
  return depth === 0 && begun === null ? clauses : null
}

/** The text without its quotes and escapes. */
export function plain(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\\([^\p{L}\p{N}])/gu, '$1')
  return text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined).replace(/\\(["\\])/g, '$1')
}
