import { type Clause, clausesOf } from './tokens'

/** Several names the language has for one field. */
const aliases: Record<string, string> = {
  app: 'application',
  env: 'environment',
  severity: 'level',
  trace_id: 'trace',
  traceId: 'trace',
  span_id: 'span',
  spanId: 'span',
  message: 'body',
}

const canonical = (field: string) => aliases[field] ?? field

export type Filtered = 'only' | 'excluded' | null

/** Whether the query already keeps only this value of the field, or already leaves it out. */
export function filterOn(query: string, field: string, value: string): Filtered {
  const clause = clausesOf(query)?.find(same(field, value))
  return clause ? (clause.negated ? 'excluded' : 'only') : null
}

/** Keeps only records whose field has this value; another value asked of the same field gives way. */
export function only(query: string, field: string, value: string): string {
  return edited(
    query,
    clause => aboutField(field)(clause) && (!clause.negated || clause.value === value),
    term(field, value),
  )
}

/** Leaves out records whose field has this value. */
export function exclude(query: string, field: string, value: string): string {
  return edited(query, same(field, value), `-${term(field, value)}`)
}

/** Takes back what `only` or `exclude` added. */
export function unfilter(query: string, field: string, value: string): string {
  return edited(query, same(field, value), '')
}

/** The query that finds this text wherever it stands in the body, for words that are not valid as a query. */
export function asPhrase(text: string): string {
  return quoted(text.trim())
}

/** `field:value`, quoted where a bare one would mean something else. */
export function term(field: string, value: string): string {
  const name = /^[\p{L}_@$][\p{L}\p{N}_.@$/-]*$/u.test(field) ? field : quoted(field)
  const bare = /^[\p{L}\p{N}_][\p{L}\p{N}_.@/-]*$/u.test(value) && !/^(AND|OR|NOT|TO)$/.test(value)
  return `${name}:${bare ? value : quoted(value)}`
}

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`

const aboutField = (field: string) => (clause: Clause) =>
  clause.field !== null && canonical(clause.field) === canonical(field)

const same = (field: string, value: string) => (clause: Clause) => aboutField(field)(clause) && clause.value === value

function edited(query: string, drop: (clause: Clause) => boolean, added: string): string {
  const clauses = clausesOf(query)
  // An OR at the top, or text that cannot be read: what is there stays whole and the new condition joins it.
  if (!clauses) return added ? `(${query.trim()}) ${added}` : query
  let kept = ''
  let at = 0
  for (const clause of clauses.filter(drop)) {
    kept += query.slice(at, clause.from)
    at = clause.to
  }
  kept += query.slice(at)
  return tidy(`${tidy(kept)} ${added}`)
}

/** A removed condition may leave its AND behind, or two blanks. Quoted text is not touched. */
function tidy(query: string): string {
  const pieces = query.split(/("(?:\\.|[^"\\])*"?)/)
  const spaced = pieces.map((piece, i) => (i % 2 === 1 ? piece : piece.replace(/\s+/g, ' '))).join('')
  return spaced
    .trim()
    .replace(/^(?:AND )+/, '')
    .replace(/(?: AND)+$/, '')
    .replace(/ AND(?: AND)+ /g, ' AND ')
    .replace(/^AND$/, '')
}
