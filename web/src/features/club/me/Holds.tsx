import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { Button } from '../parts/Button'
import { bookingsQuery } from '../queries'
import type { MemberView } from '../types'
import styles from './Me.module.css'

/** So many before the rest is asked for. */
const some = 3

/** What points are set aside for: with its day, as one may well want the same table twice. */
export function Holds({ holds }: Pick<MemberView, 'holds'>) {
  const { t } = useTranslation()
  const { points, shortStart, moment } = useClubFormat()
  const [all, setAll] = useState(false)
  const { data: bookings = [] } = useQuery(bookingsQuery)
  const whenOf = (id: string, since: string) => {
    const { startsAt, timeZone } = bookings.find(booking => booking.id === id) ?? {}
    return startsAt && timeZone ? shortStart(startsAt, timeZone) : moment(since)
  }
  return (
    <>
      <ul className={styles.holds}>
        {holds.slice(0, all ? undefined : some).map(({ booking, title, amount, since }) => (
          <li key={booking}>
            <Link to="/club/bookings/$id" params={{ id: booking }}>
              {title}
              <span className={styles.heldWhen}>{whenOf(booking, since)}</span>
            </Link>
            <span>{points(amount)}</span>
          </li>
        ))}
      </ul>
      {!all && holds.length > some && (
        <Button look="bare" onClick={() => setAll(true)}>
          {t('club.me.all', { count: holds.length })}
        </Button>
      )}
    </>
  )
}
