import { Skeleton } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from '../Desk'
import styles from '../Desk.module.css'
import { pointChangesQuery } from '../queries'
import { ChangeRow } from './ChangeRow'

/** Changes of points by staff: one proposes, another approves, then it is entered at Memberson. */
export function PointsPage() {
  const { t } = useTranslation()
  const changes = useQuery(pointChangesQuery)
  return (
    <Desk tab="points">
      <DeskSheet title={t('clubDesk.change.title')} about={t('clubDesk.change.about')}>
        {changes.isPending ? (
          <Skeleton height={320} />
        ) : !changes.data ? (
          <ProblemNotice problem={changes.error} onRetry={() => void changes.refetch()} />
        ) : changes.data.length === 0 ? (
          <Notice icon={IconScale} title={t('clubDesk.change.none')} text={t('clubDesk.change.noneText')} />
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('clubDesk.member')}</th>
                  <th scope="col" className={styles.number}>
                    {t('clubDesk.change.amount')}
                  </th>
                  <th scope="col">{t('clubDesk.reason')}</th>
                  <th scope="col">{t('clubDesk.change.by')}</th>
                  <th scope="col">{t('clubDesk.state')}</th>
                  <th scope="col">{t('clubDesk.change.next')}</th>
                </tr>
              </thead>
              <tbody>
                {changes.data.map(change => (
                  <ChangeRow key={change.id} change={change} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </DeskSheet>
    </Desk>
  )
}
