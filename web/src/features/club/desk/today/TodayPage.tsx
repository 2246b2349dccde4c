import { useSearch } from '@tanstack/react-router'
import { Desk } from '../Desk'
import { BookingList } from './BookingList'
import { BookingPanel } from './BookingPanel'
import styles from './Today.module.css'
import { Vendors } from './Vendors'

/** The desk: how the vendors are, what waits and until when, and one booking with all that happened to it. */
export function TodayPage() {
  const { booking } = useSearch({ from: '/shell/club/desk' })
  return (
    <Desk tab="today">
      <div className={styles.today}>
        <Vendors />
        <div className={styles.work} data-open={booking !== undefined || undefined}>
          <BookingList />
          {booking && <BookingPanel key={booking} id={booking} />}
        </div>
      </div>
    </Desk>
  )
}
