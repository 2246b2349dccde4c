import { Button, Skeleton } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from '../Desk'
import styles from '../Desk.module.css'
import { pointChangesQuery } from '../queries'
import { ChangeRow } from './ChangeRow'
import { ProposeDialog } from './ProposeDialog'

/** In the address, when it is not said yet for whom. */
const anyone = '*'

/** Changes of points by staff: one proposes, another approves, then it is entered at Memberson. */
export function PointsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const { propose } = useSearch({ from: '/shell/club/desk/points' })
  const navigate = useNavigate({ from: '/club/desk/points' })
  const changes = useQuery(pointChangesQuery)
  const add = may('club.write') && (
    <Button onClick={() => void navigate({ search: { propose: anyone } })}>{t('clubDesk.change.propose')}</Button>
  )
  return (
    <Desk tab="points">
      <DeskSheet title={t('clubDesk.change.title')} about={t('clubDesk.change.about')} actions={add}>
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
        {add && propose !== undefined && (
          <ProposeDialog begin={propose === anyone ? '' : propose} onClose={() => void navigate({ search: {} })} />
        )}
      </DeskSheet>
    </Desk>
  )
}
