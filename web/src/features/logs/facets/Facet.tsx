import { IconChevronRight, IconColumnInsertRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { IconButton } from '~/ui/IconButton'
import { useExplorer } from '../explorer'
import { valuesQuery } from '../search/queries'
import { added } from '../table/columns'
import styles from './Facets.module.css'
import { FacetValue } from './FacetValue'

const few = 8
const many = 50

/** One field: its commonest values while it is open, asked for only then. */
export function Facet({ field, openFirst }: { field: string; openFirst: boolean }) {
  const { t } = useTranslation()
  const { address, run, change } = useExplorer()
  const id = useId()
  const [open, setOpen] = useState(openFirst)
  const [limit, setLimit] = useState(few)
  const [prefix, setPrefix] = useState('')
  const {
    data: values,
    error,
    isPlaceholderData,
  } = useQuery({ ...valuesQuery(address, field, prefix, limit, run), enabled: open })
  const most = values?.reduce((highest, { rows }) => Math.max(highest, rows), 0) ?? 0
  return (
    <section className={styles.facet}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.name}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={13} className={styles.chevron} aria-hidden />
          <span>{field}</span>
        </button>
        {!address.columns.includes(field) && (
          <IconButton
            className={styles.headAction}
            size={24}
            label={t('record.addColumn')}
            icon={IconColumnInsertRight}
            onClick={() => change({ columns: added(address.columns, field) })}
          />
        )}
      </div>
      {open && (
        <div id={id} data-stale={isPlaceholderData || undefined} className={styles.values}>
          {limit === many && (
            <input
              type="search"
              className={styles.seek}
              value={prefix}
              placeholder={t('facets.prefix')}
              aria-label={t('facets.prefix')}
              onChange={event => setPrefix(event.currentTarget.value)}
            />
          )}
          {values?.map(({ value, rows }) => (
            <FacetValue key={value} field={field} value={value} rows={rows} share={rows / Math.max(1, most)} />
          ))}
          {values?.length === 0 && <p className={styles.nothing}>{t('facets.nothing')}</p>}
          {error && !values && !(error instanceof Problem && error.isQuery) && (
            <p className={styles.nothing}>{t('facets.failed')}</p>
          )}
          {values?.length === few && limit === few && (
            <button type="button" className={styles.more} onClick={() => setLimit(many)}>
              {t('facets.more')}
            </button>
          )}
        </div>
      )}
    </section>
  )
}
