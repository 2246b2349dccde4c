import { EditorView } from '@codemirror/view'

/** The editor in the house's colours; every one of them is a token. */
export const editorTheme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', fontSize: '13px', color: 'var(--query-value)', background: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-data)',
    lineHeight: '20px',
    fontVariantLigatures: 'none',
    maxHeight: '108px',
    overflow: 'auto',
  },
  '.cm-content': { padding: '7px 0', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--text-3)', fontFamily: 'var(--font-ui)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.q-field': { color: 'var(--query-field)' },
  '.q-phrase': { color: 'var(--query-phrase)' },
  '.q-number': { color: 'var(--query-number)' },
  '.q-operator, .q-not, .q-open, .q-close': { color: 'var(--query-operator)' },
  '.q-operator': { fontWeight: '600' },
  '.q-fault': {
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '4px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    marginTop: '6px',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-m)',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow-m)',
    overflow: 'hidden',
    zIndex: '300',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-data)',
    maxHeight: '300px',
    minWidth: '260px',
    maxWidth: 'min(560px, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '24px',
    padding: '5px 12px',
    fontSize: '12.5px',
    lineHeight: '18px',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionLabel': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: '600' },
  '.cm-completionDetail': {
    fontStyle: 'normal',
    color: 'var(--text-3)',
    fontVariantNumeric: 'tabular-nums',
    marginLeft: '0',
  },
})
