import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAhead, standingOf, toneOf } from '../bookings/standing'
import { useClubFormat } from '../format'
import { Button, buttonClass } from '../parts/Button'
import { Picture } from '../parts/Picture'
import { useReason } from '../parts/reason'
import { bookingsQuery } from '../queries'
import type { Booking } from '../types'
import styles from './Me.module.css'

/** So many earlier ones before the rest is asked for. */
const some = 5

export function Bookings() {
  const { t } = useTranslation()
  const reason = useReason()
  const [all, setAll] = useState(false)
  const list = useQuery({
    ...bookingsQuery,
    refetchInterval: ({ state: { data } }) => (data?.some(booking => !booking.settled) ? 4_000 : 30_000),
  })
  if (list.isPending) return <section className={styles.section} style={{ minHeight: 320 }} aria-busy="true" />
  if (!list.data) return <p role="alert">{reason(list.error)}</p>
  const now = Date.now()
  const ahead = list.data.filter(booking => isAhead(booking, now))
  const earlier = list.data.filter(booking => !isAhead(booking, now))
  return (
    <>
      <section className={styles.section}>
        <h2 className={styles.heading}>{t('club.me.ahead')}</h2>
        {ahead.length > 0 ? (
          <Rows bookings={ahead} />
        ) : (
          <>
            <p className={styles.empty}>{t('club.me.noneAhead')}</p>
            <div>
              <Link to="/club" className={buttonClass} data-look="quiet">
                {t('club.me.browse')}
              </Link>
            </div>
          </>
        )}
      </section>
      {earlier.length > 0 && (
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('club.me.earlier')}</h2>
          <Rows bookings={all ? earlier : earlier.slice(0, some)} />
          {!all && earlier.length > some && (
            <div>
              <Button look="bare" onClick={() => setAll(true)}>
                {t('club.me.all', { count: earlier.length })}
              </Button>
            </div>
          )}
        </section>
      )}
    </>
  )
}

function Rows({ bookings }: { bookings: readonly Booking[] }) {
  const { t } = useTranslation()
  const { shortStart, moment } = useClubFormat()
  return (
    <ul className={styles.rows}>
      {bookings.map(booking => {
        const standing = standingOf(booking)
        return (
          <li key={booking.id}>
            <Link to="/club/bookings/$id" params={{ id: booking.id }} className={styles.row} preload="intent">
              <Picture unit={booking.unit} title={booking.title} shape="square" />
              <div>
                <p className={styles.what}>{booking.title}</p>
                <p className={styles.when}>
                  {booking.startsAt && booking.timeZone
                    ? `${shortStart(booking.startsAt, booking.timeZone)} · ${t('club.booking.places', { count: booking.quantity })}`
                    : `${moment(booking.createdAt)} · ${t('club.item.pieces', { count: booking.quantity })}`}
                </p>
              </div>
              <p className={styles.state} data-tone={toneOf(standing)}>
                {t(`club.status.${standing}`)}
              </p>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
