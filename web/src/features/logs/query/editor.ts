import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { completionSource, type Vocabulary } from './completion'
import { editorTheme } from './editorTheme'
import { tokensOf } from './tokens'

export interface Fault {
  from: number
  to: number
}

/** Underlines what the server could not read; taken away by the next change. */
export const setFault = StateEffect.define<Fault | null>()

const fault = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setFault)) continue
      const length = transaction.newDoc.length
      if (!effect.value || length === 0) return Decoration.none
      // A fault at the end has nothing to stand under: the character before it is marked.
      const from = Math.min(effect.value.from, length - 1)
      return Decoration.set(
        Decoration.mark({ class: 'q-fault' }).range(from, Math.min(length, Math.max(from + 1, effect.value.to))),
      )
    }
    return transaction.docChanged ? Decoration.none : marks
  },
  provide: field => EditorView.decorations.from(field),
})

const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = coloured(view.state.doc.toString())
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = coloured(update.state.doc.toString())
    }
  },
  { decorations: plugin => plugin.decorations },
)

function coloured(query: string): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { kind, from, to } of tokensOf(query)) builder.add(from, to, Decoration.mark({ class: `q-${kind}` }))
  return builder.finish()
}

interface Options {
  vocabulary: Vocabulary
  label: string
  hint: string
  onSubmit: (query: string) => void
  onChange: (query: string) => void
}

/** A field of one query: it wraps but takes no line break, Enter asks, Tab takes what is offered. */
export function queryExtensions({ vocabulary, label, hint, onSubmit, onChange }: Options): Extension {
  const submit = (view: EditorView) => {
    // Enter takes an offer only after the reader moved to it; otherwise it means "search".
    if (completionStatus(view.state) === 'active' && selectedCompletion(view.state)) return acceptCompletion(view)
    closeCompletion(view)
    onSubmit(view.state.doc.toString())
    return true
  }
  const take = (view: EditorView) => {
    if (completionStatus(view.state) !== 'active') return false
    if (!selectedCompletion(view.state)) moveCompletionSelection(true)(view)
    return acceptCompletion(view)
  }
  const leave = (view: EditorView) => {
    const offering = completionStatus(view.state) === 'active'
    closeCompletion(view)
    if (offering) return true
    view.contentDOM.blur()
    return true
  }
  return [
    keymap.of([
      { key: 'Enter', run: submit },
      { key: 'Mod-Enter', run: submit },
      { key: 'Tab', run: take },
      { key: 'Escape', run: leave },
    ]),
    EditorState.transactionFilter.of(transaction =>
      transaction.newDoc.lines > 1
        ? [
            transaction,
            {
              changes: {
                from: 0,
                to: transaction.newDoc.length,
                insert: transaction.newDoc.toString().replace(/\s*\n\s*/g, ' '),
              },
              sequential: true,
            },
          ]
        : transaction,
    ),
    history(),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    autocompletion({
      override: [completionSource(vocabulary)],
      selectOnOpen: false,
      // Nothing is selected until it is asked for, so no key can take a suggestion by accident.
      interactionDelay: 0,
      icons: false,
      activateOnTypingDelay: 60,
      maxRenderedOptions: 40,
    }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': label,
      role: 'textbox',
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
    }),
    EditorView.updateListener.of(update => {
      if (update.docChanged) onChange(update.state.doc.toString())
    }),
    placeholder(hint),
    colours,
    fault,
    editorTheme,
  ]
}
