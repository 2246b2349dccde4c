import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Diff.module.css'
import { type DiffLine, diffLines } from './diff'

const signs = { same: ' ', gone: '−', new: '+' } as const

/** Unchanged lines around a change. */
const around = 3

/** What a change changes. Long stretches that stay are left out. */
export function Diff({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation()
  const lines = useMemo(() => shown(diffLines(before, after)), [before, after])
  if (lines.length === 0) return <p className={styles.nothing}>{t('desk.noChange')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys.
    <pre className={styles.diff} tabIndex={0}>
      {lines.map(({ line, at }) =>
        line ? (
          <span key={at} data-kind={line.kind}>
            {signs[line.kind]} {line.text}
            {'\n'}
          </span>
        ) : (
          <span key={at} data-kind="cut">
            {'⋯\n'}
          </span>
        ),
      )}
    </pre>
  )
}

function shown(lines: readonly DiffLine[]): { line: DiffLine | null; at: number }[] {
  const near = new Set<number>()
  for (const [at, { kind }] of lines.entries())
    if (kind !== 'same') for (let other = at - around; other <= at + around; other++) near.add(other)
  const result: { line: DiffLine | null; at: number }[] = []
  for (const [at, line] of lines.entries()) {
    if (near.has(at)) result.push({ line, at })
    else if (near.has(at - 1)) result.push({ line: null, at })
  }
  return result
}
