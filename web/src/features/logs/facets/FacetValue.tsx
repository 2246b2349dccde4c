import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { useExplorer } from '../explorer'
import { levelOf } from '../levels'
import { exclude, filterOn, only, unfilter } from '../query/edit'
import styles from './Facets.module.css'

interface Props {
  field: string
  value: string
  rows: number
  /** Of the commonest value's rows, from 0 to 1. */
  share: number
}

/** Click: only this. The second button: everything but this. Either again takes it back. */
export function FacetValue({ field, value, rows, share }: Props) {
  const { t } = useTranslation()
  const { compact, count } = useNumberFormat()
  const { address, search } = useExplorer()
  const { query } = address
  const filtered = filterOn(query, field, value)
  const shown = value === '' ? t('facets.empty') : value
  return (
    <div className={styles.value} data-filtered={filtered ?? undefined} style={{ '--share': share } as CSSProperties}>
      <button
        type="button"
        className={styles.pick}
        aria-pressed={filtered === 'only'}
        aria-label={t('facets.only', { value: shown, count: rows })}
        title={shown}
        onClick={() => search(filtered === 'only' ? unfilter(query, field, value) : only(query, field, value))}
      >
        {field === 'level' && <span className={styles.swatch} data-level={levelOf(value)} />}
        <span className={styles.label}>{shown}</span>
        {filtered === 'only' && <IconCheck size={13} aria-hidden />}
        <span className={styles.rows} title={count(rows)}>
          {compact(rows)}
        </span>
      </button>
      <button
        type="button"
        className={styles.exclude}
        aria-pressed={filtered === 'excluded'}
        aria-label={t('facets.exclude', { value: shown })}
        title={t('facets.exclude', { value: shown })}
        onClick={() => search(filtered === 'excluded' ? unfilter(query, field, value) : exclude(query, field, value))}
      >
        <IconMinus size={14} aria-hidden />
      </button>
    </div>
  )
}
