import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { pickedCompletion, startCompletion } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import type { FieldSummary, FieldValue } from '~/api/types'
import { knownFields } from '../record/values'
import { term } from './edit'
import { queryHistory } from './history'
import { plain, tokensOf } from './tokens'

/** Where the editor asks what could stand at the caret. */
export interface Vocabulary {
  fields: () => Promise<readonly FieldSummary[]>
  values: (field: string, prefix: string) => Promise<readonly FieldValue[]>
  count: (rows: number) => string
}

/** What the caret is in: the name of a field, or the value of one. */
export type Place =
  | { kind: 'name'; from: number; typed: string }
  | { kind: 'value'; from: number; field: string; typed: string }

export function placeAt(query: string, caret: number): Place {
  const tokens = tokensOf(query.slice(0, caret))
  const last = tokens.at(-1)
  const field = tokens.at(-2)
  if (last && last.to === caret) {
    if (last.kind === 'field') return { kind: 'value', from: caret, field: plain(last.text.slice(0, -1)), typed: '' }
    if (field?.kind === 'field' && field.to === last.from) {
      return { kind: 'value', from: last.from, field: plain(field.text.slice(0, -1)), typed: plain(last.text) }
    }
    if (last.kind === 'word' || last.kind === 'operator') return { kind: 'name', from: last.from, typed: last.text }
  }
  return { kind: 'name', from: caret, typed: '' }
}

export function completionSource(vocabulary: Vocabulary) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const query = context.state.doc.toString()
    const place = placeAt(query, context.pos)
    if (place.kind === 'value')
      return { from: place.from, options: await valueOptions(vocabulary, place), filter: false }
    if (place.typed === '' && !context.explicit && query.trim() !== '') return null
    const options = query.trim() === '' ? historyOptions() : []
    options.push(...(await nameOptions(vocabulary)))
    return { from: place.from, options, validFor: /^[\w.@/-]*$/ }
  }
}

async function nameOptions({ fields, count }: Vocabulary): Promise<Completion[]> {
  const found = await fields().catch(() => [])
  const rows = new Map(found.map(field => [field.name, field.rows]))
  const names = [...new Set([...knownFields, ...rows.keys()])]
  const options: Completion[] = names.map((name, at) => {
    const seen = rows.get(name)
    return {
      label: name,
      type: 'field',
      ...(seen !== undefined && { detail: count(seen) }),
      boost: knownFields.includes(name) ? 50 - at : -Math.min(40, at - knownFields.length),
      apply: applyName,
    }
  })
  for (const word of ['AND', 'OR', 'NOT'])
    options.push({ label: word, type: 'operator', apply: `${word} `, boost: -60 })
  return options
}

/** Writes the name and its colon, then offers the values at once. */
function applyName(view: EditorView, completion: Completion, from: number, to: number) {
  const name = term(completion.label, 'x').slice(0, -1)
  view.dispatch({
    changes: { from, to, insert: name },
    selection: { anchor: from + name.length },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
  })
  startCompletion(view)
}

async function valueOptions({ values, count }: Vocabulary, place: Place & { kind: 'value' }): Promise<Completion[]> {
  const found = await values(place.field, place.typed).catch(() => [])
  return found.map(({ value, rows }, at) => ({
    label: value,
    type: 'value',
    detail: count(rows),
    boost: -at,
    apply: `${term('x', value).slice(2)} `,
  }))
}

const historyOptions = (): Completion[] =>
  queryHistory()
    .slice(0, 8)
    .map((query, at) => ({ label: query, type: 'history', boost: 99 - at, apply: query }))
