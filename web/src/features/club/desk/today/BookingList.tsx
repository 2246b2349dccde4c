import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconChecks, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { deskBookingsQuery } from '../queries'
import { byUrgency, states } from '../standing'
import type { DeskBooking } from '../types'
import { BookingRows } from './BookingRows'
import styles from './Today.module.css'

/** As many as the host gives at once. */
const most = 500

/** Bookings that are not settled, the most urgent first; or those that were searched for. */
export function BookingList() {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const { q = '', state = '' } = useSearch({ from: '/shell/club/desk' })
  const navigate = useNavigate({ from: '/club/desk' })
  const list = useQuery({ ...deskBookingsQuery(q, state), placeholderData: keepPreviousData })
  const bookings = useMemo(() => [...(list.data ?? [])].sort(byUrgency), [list.data])
  const look = (next: { q?: string; state?: string }) => void navigate({ search: before => ({ ...before, ...next }) })
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    look({ q: String(new FormData(event.currentTarget).get('q')).trim() })
  }
  return (
    <section className={styles.list} aria-label={t('clubDesk.bookings')}>
      <form className={styles.find} onSubmit={search} key={q}>
        <TextInput
          className={styles.search ?? ''}
          name="q"
          defaultValue={q}
          placeholder={t('clubDesk.search')}
          aria-label={t('clubDesk.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
        />
        <select
          className={styles.state}
          value={state}
          aria-label={t('clubDesk.state')}
          onChange={event => look({ state: event.currentTarget.value })}
        >
          <option value="">{t(q ? 'clubDesk.anyState' : 'clubDesk.unsettled')}</option>
          {states.map(one => (
            <option key={one} value={one}>
              {t(`clubDesk.is.${one}`)}
            </option>
          ))}
        </select>
        {(q || state) && (
          <Button variant="subtle" color="gray" onClick={() => look({ q: '', state: '' })}>
            {t('clubDesk.clear')}
          </Button>
        )}
        <p className={styles.count} aria-live="polite">
          {list.data && t('clubDesk.count', { count: bookings.length, bookings: count(bookings.length) })}
          {bookings.length === most && ` · ${t('clubDesk.newest')}`}
        </p>
      </form>
      <Rows
        pending={list.isPending}
        problem={list.data ? null : list.error}
        onRetry={() => void list.refetch()}
        bookings={bookings}
        filtered={q !== '' || state !== ''}
      />
    </section>
  )
}

interface RowsProps {
  pending: boolean
  problem: Error | null
  onRetry: () => void
  bookings: readonly DeskBooking[]
  filtered: boolean
}

function Rows({ pending, problem, onRetry, bookings, filtered }: RowsProps) {
  const { t } = useTranslation()
  if (pending) return <Skeleton height={320} mx="md" />
  if (problem) return <ProblemNotice problem={problem} onRetry={onRetry} />
  if (bookings.length > 0) return <BookingRows bookings={bookings} />
  return filtered ? (
    <Notice icon={IconSearchOff} title={t('clubDesk.notFound')} text={t('clubDesk.notFoundText')} />
  ) : (
    <Notice icon={IconChecks} title={t('clubDesk.allSettled')} text={t('clubDesk.allSettledText')} />
  )
}
