import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { Failure } from '../parts/Failure'
import { useTitle } from '../parts/Heading'
import { Picture } from '../parts/Picture'
import { bookingQuery } from '../queries'
import { cityOf } from '../times'
import type { Booking } from '../types'
import { Actions } from './Actions'
import styles from './Booking.module.css'
import { progressOf, standingOf, toneOf } from './standing'
import { useWords } from './useWords'

/** One booking or redemption, followed by itself until nothing can change any more. */
export function BookingPage() {
  const { id } = useParams({ from: '/club/club/bookings/$id' })
  const search = useSearch({ from: '/club/club/bookings/$id' })
  const booking = useQuery(bookingQuery(id))
  // What was known stays on the page while an answer is missing; the next one comes by itself.
  if (booking.data) return <Followed booking={booking.data} returned={search.paid !== undefined} />
  if (booking.isError) return <Failure problem={booking.error} onRetry={() => void booking.refetch()} />
  return null
}

function Followed({ booking, returned }: { booking: Booking; returned: boolean }) {
  const { t } = useTranslation()
  const words = useWords(booking, returned)
  const progress = progressOf(booking)
  useTitle(booking.title)
  return (
    <article className={styles.page}>
      <div className={styles.picture}>
        <Picture unit={booking.unit} title={booking.title} shape="wide" first />
      </div>
      <div className={styles.words}>
        <header aria-live="polite">
          <p className={styles.status} data-tone={toneOf(standingOf(booking))}>
            <span className={styles.sign} aria-hidden="true" />
            {words.status}
          </p>
          <h1 className={styles.title}>{words.title}</h1>
          <p className={styles.text}>{words.text}</p>
          {words.aside && <p className={styles.aside}>{words.aside}</p>}
        </header>
        {progress !== null && (
          <ol className={styles.steps}>
            {([1, 2, 3] as const).map(step => (
              <li key={step} className={styles.step} data-done={step <= progress || undefined}>
                {t(`club.step.${booking.what === 'item' ? 'item' : 'place'}.${step}`)}
              </li>
            ))}
          </ol>
        )}
        <Facts booking={booking} />
        <Actions booking={booking} />
      </div>
    </article>
  )
}

function Facts({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const { start, points, money, moment } = useClubFormat()
  const paid =
    booking.points !== null && booking.pay === 'points'
      ? t('club.price.points', { count: booking.points, points: points(booking.points) })
      : booking.amount !== null && booking.currency
        ? money(booking.amount, booking.currency)
        : null
  const facts: [string, string | null][] = [
    [t('club.fact.what'), booking.title],
    [
      t('club.fact.when'),
      booking.startsAt && booking.timeZone
        ? t('club.booking.placeTime', {
            start: start(booking.startsAt, booking.timeZone),
            city: cityOf(booking.timeZone),
          })
        : null,
    ],
    [booking.what === 'item' ? t('club.item.quantity') : t('club.experience.places'), String(booking.quantity)],
    [t('club.fact.price'), paid],
    [booking.what === 'item' ? t('club.fact.code') : t('club.fact.reference'), booking.reference],
    [t('club.fact.asked'), moment(booking.createdAt)],
    [t('club.fact.number'), String(booking.number)],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
