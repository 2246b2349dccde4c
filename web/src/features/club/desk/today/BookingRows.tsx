import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import desk from '../Desk.module.css'
import { promiseTone, stateOf, toneOf } from '../standing'
import type { DeskBooking } from '../types'
import styles from './Today.module.css'

export function BookingRows({ bookings }: { bookings: readonly DeskBooking[] }) {
  const { t } = useTranslation()
  const { booking: open } = useSearch({ from: '/shell/club/desk' })
  const navigate = useNavigate({ from: '/club/desk' })
  const show = (id: string) => void navigate({ search: before => ({ ...before, booking: id }) })
  return (
    // Scrolled by the keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus.
    <div className={styles.rows} tabIndex={0} role="region" aria-label={t('clubDesk.bookings')}>
      <table className={desk.table}>
        <thead className={styles.head}>
          <tr>
            <th scope="col" className={`${desk.number} ${styles.wide}`}>
              {t('clubDesk.number')}
            </th>
            <th scope="col">{t('clubDesk.what')}</th>
            <th scope="col" className={styles.wide}>
              {t('clubDesk.member')}
            </th>
            <th scope="col">{t('clubDesk.state')}</th>
            <th scope="col" className={styles.wide}>
              {t('clubDesk.waitsFor')}
            </th>
            <th scope="col" className={styles.wide}>
              {t('clubDesk.promised')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bookings.map(booking => (
            <BookingRow
              key={booking.id}
              booking={booking}
              isOpen={booking.id === open}
              onOpen={() => show(booking.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function BookingRow({ booking, isOpen, onOpen }: { booking: DeskBooking; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const short = (iso: string) => time.short(Date.parse(iso))
  const busy = toneOf(booking.state) === 'busy' || booking.state === 'needs-operator'
  const promise = busy && booking.promiseBy && (
    <span
      className={desk.tag}
      data-tone={promiseTone(booking.promiseBy, booking.state, Date.now())}
      title={t('clubDesk.promised')}
    >
      {short(booking.promiseBy)}
    </span>
  )
  return (
    // The button in it has the keyboard; the row is a larger target for the mouse.
    <tr className={styles.row} data-open={isOpen || undefined} onClick={onOpen}>
      <td className={`${desk.number} ${styles.wide}`}>{booking.number}</td>
      <td>
        <button type="button" className={styles.open} aria-pressed={isOpen}>
          {booking.title}
        </button>
        <p className={styles.sub}>
          {booking.unit} · {t(`clubDesk.pay.${booking.pay === 'points' ? 'points' : 'card'}`)}
          <span className={styles.narrow}>{`${booking.number} · ${booking.member}`}</span>
        </p>
      </td>
      <td className={styles.wide}>{booking.member}</td>
      <td>
        <span className={desk.tag} data-tone={toneOf(booking.state)}>
          {t(`clubDesk.is.${stateOf(booking.state)}`)}
        </span>
        {promise && <span className={styles.narrow}>{promise}</span>}
      </td>
      <td className={styles.wide}>
        {busy && !booking.waitingOn && booking.lane && <span className={desk.quiet}>{t('clubDesk.queued')}</span>}
        {busy && booking.waitingOn && (
          <>
            {booking.waitingOn}
            {booking.waitingSince && (
              <p className={styles.sub}>{t('clubDesk.since', { at: short(booking.waitingSince) })}</p>
            )}
          </>
        )}
      </td>
      <td className={styles.wide}>{promise}</td>
    </tr>
  )
}
