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

export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const push = (kind: TokenKind, to: number) => {
    tokens.push({ kind, from: at, to, text: query.slice(at, to) })
    at = to
  }
  while (at < query.length) {
    const char = query.charAt(at)
    if (blank.test(char)) at++
    else if (char === '(') push('open', at + 1)
    else if (char === ')') push('close', at + 1)
    else if (char === '-' && at + 1 < query.length && !blank.test(query.charAt(at + 1))) push('not', at + 1)
    else if (char === '"') {
      const to = endOfPhrase(query, at)
      // A name in quotes before a colon is a field whose name has a character a bare one may not have.
      if (query.charAt(to) === ':') {
        push('field', to + 1)
        pushValue()
      } else push('phrase', to)
    } else {
      const to = endOfWord(query, at, true)
      if (query.charAt(to) === ':' && to > at) {
        push('field', to + 1)
        pushValue()
      } else if (to === at) push('word', at + 1)
      else push(operators.has(query.slice(at, to)) ? 'operator' : 'word', to)
    }
  }
  return tokens

  function pushValue() {
    const char = query.charAt(at)
    if (char === '' || blank.test(char) || char === '(' || char === ')') return
    if (char === '"') return push('phrase', endOfPhrase(query, at))
    if (char === '[' || char === '{') return push('number', endOfRange(query, at))
    const to = endOfWord(query, at, false)
    const value = query.slice(at, to)
    push(/^(>=?|<=?)?-?\d+(\.\d+)?$/.test(value) || /^[<>]/.test(value) ? 'number' : 'value', Math.max(to, at + 1))
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
  for (let at = from + 1; at < query.length; at++)
    if (query.charAt(at) === ']' || query.charAt(at) === '}') return at + 1
  return query.length
}

function endOfWord(query: string, from: number, stopAtColon: boolean): number {
  let at = from
  while (at < query.length && !ends.test(query.charAt(at)) && !(stopAtColon && query.charAt(at) === ':')) {
    at += query.charAt(at) === '\\' ? 2 : 1
  }
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

/** The conditions at the top, or null when they are not simply all required: an OR, or parentheses that do not match. */
export function clausesOf(query: string): Clause[] | null {
  const clauses: Clause[] = []
  let negatedFrom: number | null = null
  let depth = 0
  let groupFrom = 0
  const tokens = tokensOf(query)
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    if (token.kind === 'open') {
      if (depth++ === 0) groupFrom = negatedFrom ?? token.from
      continue
    }
    if (token.kind === 'close') {
      if (--depth < 0) return null
      if (depth === 0) {
        clauses.push({ from: groupFrom, to: token.to, negated: negatedFrom !== null, field: null, value: null })
        negatedFrom = null
      }
      continue
    }
    if (depth > 0) continue
    if (token.kind === 'operator' && token.text === 'OR') return null
    if (token.kind === 'operator' && token.text === 'AND') continue
    if (token.kind === 'not' || token.kind === 'operator') {
      negatedFrom ??= token.from
      continue
    }
    const value = token.kind === 'field' ? tokens[i + 1] : token
    const adjoining = value && (token.kind !== 'field' || value.from === token.to) ? value : undefined
    if (token.kind === 'field' && adjoining) i++
    clauses.push({
      from: negatedFrom ?? token.from,
      to: adjoining?.to ?? token.to,
      negated: negatedFrom !== null,
      field: token.kind === 'field' ? plain(token.text.slice(0, -1)) : null,
      value: adjoining ? plain(adjoining.text) : '',
    })
    negatedFrom = null
  }
  return depth === 0 && negatedFrom === null ? clauses : null
}

/** The text without its quotes and escapes. */
export function plain(text: string): string {
  const bare = text.startsWith('"') ? text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined) : text
  return bare.replace(/\\(.)/g, '$1')
}
