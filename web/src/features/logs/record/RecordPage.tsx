import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePage } from '~/app/page'
import { defaultAddress, defaultColumns, writeAddress } from '../address'
import { exclude, only } from '../query/edit'
import { recordQuery } from '../search/queries'
import { added } from '../table/columns'
import { between } from '../time/ranges'
import { type FieldActions, FieldActionsContext } from './actions'
import styles from './Record.module.css'
import { RecordBody } from './RecordBody'

/** What a link back to the list shows around the record. */
const aroundMs = 15 * 60_000

/** The page of one record: what a permalink leads to. */
export function RecordPage() {
  const { t } = useTranslation()
  const { sequence } = useParams({ from: '/shell/logs/records/$sequence' })
  const navigate = useNavigate()
  const { data: record, error } = useQuery(recordQuery(sequence))
  usePage(useMemo(() => ({ title: t('record.title') }), [t]))
  const around = useMemo(() => {
    if (!record) return defaultAddress
    const at = Date.parse(record.timestamp)
    return { ...defaultAddress, ...between(at - aroundMs, at + aroundMs) }
  }, [record])
  const actions = useMemo<FieldActions>(() => {
    const go = (patch: Partial<typeof around>) =>
      void navigate({ to: '/logs', search: writeAddress({ ...around, ...patch }) })
    return {
      include: (field, value) => go({ query: only('', field, value) }),
      exclude: (field, value) => go({ query: exclude('', field, value) }),
      columns: [],
      toggleColumn: field => go({ columns: added(defaultColumns, field) }),
    }
  }, [around, navigate])
  return (
    <div className={styles.page}>
      <article className={styles.sheet}>
        <Link to="/logs" search={writeAddress({ ...around, record: sequence })} className={styles.back}>
          <IconArrowLeft size={15} aria-hidden />
          {t('record.inList')}
        </Link>
        <FieldActionsContext value={actions}>
          <RecordBody record={record} error={error} marks={null} />
        </FieldActionsContext>
      </article>
    </div>
  )
}
