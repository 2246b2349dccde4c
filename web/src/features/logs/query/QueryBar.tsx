import { Button } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '~/api/problem'
import { IconButton } from '~/ui/IconButton'
import { useKeys } from '~/ui/keys'
import { useExplorer } from '../explorer'
import { asPhrase } from './edit'
import styles from './QueryBar.module.css'

// The page is there, and takes a query, before the editor is: it comes after the first paint and takes over what was typed.
const QueryEditor = lazy(() => import('./QueryEditor'))

/** The query: what is typed here is asked by Enter. `problem` says what is wrong with what was asked last. */
export function QueryBar({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  const { address, search } = useExplorer()
  const [draft, setDraft] = useState(address.query)
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => setDraft(address.query), [address.query])

  const focus = () => bar.current?.querySelector<HTMLElement>('[role="textbox"], input')?.focus()
  useKeys({ '/': focus, s: focus })

  const from = problem?.position
  const field = { value: draft, onChange: setDraft, onSubmit: search }
  return (
    <div className={styles.field}>
      <div ref={bar} className={styles.bar} data-wrong={problem ? true : undefined}>
        <IconSearch className={styles.glass} size={16} stroke={1.75} aria-hidden />
        <div className={styles.editor}>
          <Suspense fallback={<PlainField {...field} />}>
            <QueryEditor {...field} fault={from === undefined ? null : { from, to: from + (problem?.length ?? 1) }} />
          </Suspense>
        </div>
        {draft !== '' && (
          <IconButton
            label={t('query.clear')}
            icon={IconX}
            size={24}
            onClick={() => {
              setDraft('')
              search('')
              focus()
            }}
          />
        )}
        {draft === address.query ? (
          draft === '' && <kbd className={styles.hint}>/</kbd>
        ) : (
          <Button size="compact-sm" className={styles.run} onClick={() => search(draft)}>
            {t('query.run')}
          </Button>
        )}
      </div>
      <div role="alert">{problem && <Fault problem={problem} />}</div>
    </div>
  )
}

function Fault({ problem }: { problem: Problem }) {
  const { t } = useTranslation()
  const { address, search } = useExplorer()
  const { suggestion } = problem
  return (
    <div className={styles.fault}>
      <p>{problem.message}</p>
      {problem.expected.length > 0 && (
        <p className={styles.expected}>{t('query.expected', { words: problem.expected.join(', ') })}</p>
      )}
      <span className={styles.rescues}>
        {suggestion !== undefined && (
          <button type="button" className={styles.rescue} onClick={() => search(suggestion)}>
            {t('query.instead')} <code>{suggestion}</code>
          </button>
        )}
        <button type="button" className={styles.rescue} onClick={() => search(asPhrase(address.query))}>
          {t('query.asText')}
        </button>
      </span>
    </div>
  )
}

export interface QueryFieldProps {
  value: string
  onChange: (query: string) => void
  onSubmit: (query: string) => void
}

function PlainField({ value, onChange, onSubmit }: QueryFieldProps) {
  const { t } = useTranslation()
  return (
    <input
      className={styles.plain}
      value={value}
      aria-label={t('query.label')}
      placeholder={t('query.hint')}
      onChange={event => onChange(event.currentTarget.value)}
      onKeyDown={event => event.key === 'Enter' && onSubmit(value)}
    />
  )
}
