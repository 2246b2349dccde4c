import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { ParkedDelivery } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { Fault } from '~/ui/desk/Fault'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Section } from '~/ui/desk/Sheet'
import { Code } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import styles from './Jobs.module.css'
import { parkedQuery } from './jobs'

/** Events that could not be handled; shown only while there are some, since each holds others back. */
export function ParkedDeliveries() {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const manages = useMay()('platform.manage')
  const parked = useQuery(parkedQuery)
  const replay = useAct(
    ({ handler, key, position }: ParkedDelivery) =>
      call(api.POST('/api/platform/deliveries/replay', { body: { handler, key, position } })),
    parkedQuery.queryKey,
  )
  if (parked.data?.length === 0) return null
  return (
    <Section title={t('admin.parked.title')} about={t('admin.parked.about')}>
      <Fault problem={replay.error} />
      <Listing
        label={t('admin.parked.title')}
        query={parked}
        rowKey={row => `${row.handler}/${row.key}/${row.position}`}
        columns={[
          {
            head: t('admin.parked.event'),
            width: 'minmax(0, 2fr)',
            cell: row => (
              <>
                {row.type}
                {row.error && (
                  <p className={styles.error} title={row.error}>
                    {row.error}
                  </p>
                )}
              </>
            ),
          },
          { head: t('admin.parked.handler'), cell: row => row.handler },
          { head: t('admin.parked.key'), cell: row => <Code>{row.key}</Code> },
          { head: t('admin.jobs.attempts'), end: true, width: '70px', cell: row => count(row.attempts) },
          { head: t('admin.parked.heldBack'), end: true, width: '90px', cell: row => count(row.heldBack) },
          { head: t('admin.parked.since'), cell: row => <Moment at={row.parkedAt} /> },
        ]}
        actions={
          manages
            ? row => (
                <Button variant="default" size="compact-sm" onClick={() => replay.mutate(row)}>
                  {t('admin.parked.replay')}
                </Button>
              )
            : undefined
        }
        empty={null}
      />
    </Section>
  )
}
