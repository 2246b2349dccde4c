import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { Freshness } from '../parts/Freshness'
import type { MemberView } from '../types'
import { Holds } from './Holds'
import styles from './Me.module.css'

/** What can be spent now, what is set aside and for what, and how old this knowledge is. */
export function PointsCard({ me }: { me: MemberView | undefined }) {
  const { t } = useTranslation()
  const { points } = useClubFormat()
  if (!me) return <section className={styles.card} style={{ minHeight: 240 }} aria-busy="true" />
  return (
    <section className={styles.card} aria-label={t('club.me.points')}>
      <p className={styles.top}>
        {me.tier ?? ''}
        <span className={styles.number}>{me.memberNo}</span>
      </p>
      <p className={styles.balance}>
        <b>{points(me.points.available)}</b>
        <span>{t('club.me.available', { count: me.points.available })}</span>
      </p>
      <Freshness what="points" state={me.points.state} asOf={me.points.asOf} />
      {me.holds.length > 0 && (
        <div className={styles.held}>
          <p>{t('club.me.held', { count: me.points.held, points: points(me.points.held) })}</p>
          <Holds holds={me.holds} />
        </div>
      )}
    </section>
  )
}
