import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failure } from '../parts/Failure'
import { Heading } from '../parts/Heading'
import { meQuery } from '../queries'
import { Bookings } from './Bookings'
import styles from './Me.module.css'
import { Messages } from './Messages'
import { PointsCard } from './PointsCard'
import { Settings } from './Settings'

/** Everything of the member's own: points, what he has booked and redeemed, what he was told. */
export function MePage() {
  const { t } = useTranslation()
  const me = useQuery({ ...meQuery, refetchInterval: 20_000 })
  if (me.isError && !me.data) return <Failure problem={me.error} onRetry={() => void me.refetch()} />
  return (
    <>
      <Heading title={me.data ? t('club.me.title', { name: me.data.name.split(' ')[0] }) : t('club.nav.me')} />
      <div className={styles.page}>
        <div className={styles.side}>
          <PointsCard me={me.data} />
          <Settings />
        </div>
        <div className={styles.lists}>
          <Bookings />
          <Messages />
        </div>
      </div>
    </>
  )
}
