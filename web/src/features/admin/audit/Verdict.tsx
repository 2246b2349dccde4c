import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat } from '~/app/preferences'
import { Fault } from '~/ui/desk/Fault'
import { Code, Tag } from '~/ui/desk/Tag'
import styles from './Audit.module.css'

/** Checks the whole chain when it appears. */
export function Verdict() {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const { data, error, isFetching } = useQuery({
    queryKey: ['admin', 'audit-verdict'],
    queryFn: () => call(api.POST('/api/admin/audit/verify')),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <div className={styles.verdict} role="status">
      {isFetching && <Loader size={18} />}
      {error && <Fault problem={error} />}
      {data && (
        <>
          <Tag tone={data.intact ? 'good' : 'bad'}>
            {data.intact
              ? t('admin.audit.intact', { count: data.entries, shown: count(data.entries) })
              : t('admin.audit.broken', { at: data.brokenAt, reason: data.reason })}
          </Tag>
          {data.lastHash && (
            <span>
              {t('admin.audit.lastHash')} <Code>{data.lastHash.slice(0, 24)}…</Code>
            </span>
          )}
        </>
      )}
    </div>
  )
}
