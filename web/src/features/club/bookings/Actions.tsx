import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { Button, buttonClass } from '../parts/Button'
import { useReason } from '../parts/reason'
import { Sheet } from '../parts/Sheet'
import { bookingQuery } from '../queries'
import type { Booking } from '../types'
import styles from './Booking.module.css'
import { cardPage, mayCancel, standingOf } from './standing'

/** What the member can do now: pay, wait on, call it off, or look further. */
export function Actions({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  const reason = useReason()
  const [asking, setAsking] = useState(false)
  const standing = standingOf(booking)
  const cancel = useChange(booking.id, id =>
    call(api.POST('/api/club/bookings/{id}/cancel', { params: { path: { id } } })),
  )
  const wait = useChange(booking.id, id =>
    call(api.POST('/api/club/bookings/{id}/keep-waiting', { params: { path: { id } } })),
  )
  const page = cardPage(booking.payUrl)
  const problem = cancel.error ?? wait.error
  const waits = (standing === 'securing' || standing === 'asking') && booking.promise !== null
  return (
    <>
      <div className={styles.actions}>
        {page && <Button onClick={() => location.assign(page)}>{t('club.action.pay')}</Button>}
        {waits && (
          <Button busy={wait.isPending} onClick={() => wait.mutate()}>
            {wait.isSuccess ? t('club.action.waiting') : t('club.action.wait')}
          </Button>
        )}
        {mayCancel(booking, Date.now()) && (
          <Button look="quiet" busy={cancel.isPending} onClick={() => setAsking(true)}>
            {t('club.action.cancel')}
          </Button>
        )}
        {(standing === 'declined' || standing === 'expired') && booking.experienceId && (
          <Link to="/club/experiences/$id" params={{ id: booking.experienceId }} className={buttonClass}>
            {t('club.action.otherTime')}
          </Link>
        )}
        {booking.settled && (
          <Link to="/club/me" className={buttonClass} data-look="quiet">
            {t('club.action.all')}
          </Link>
        )}
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {reason(problem)}
        </p>
      )}
      <Sheet open={asking} title={t('club.cancel.title')} onClose={() => setAsking(false)}>
        <p>
          {booking.state !== 'confirmed'
            ? t('club.cancel.open')
            : t(booking.pay === 'points' ? 'club.cancel.points' : 'club.cancel.card')}
        </p>
        <Button
          wide
          onClick={() => {
            setAsking(false)
            cancel.mutate()
          }}
        >
          {t('club.cancel.yes')}
        </Button>
        <Button wide look="quiet" onClick={() => setAsking(false)}>
          {t('club.cancel.no')}
        </Button>
      </Sheet>
    </>
  )
}

function useChange(id: string, change: (id: string) => Promise<Booking>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => change(id),
    onSuccess: booking => {
      queries.setQueryData(bookingQuery(id).queryKey, booking)
      void queries.invalidateQueries({ queryKey: ['club'] })
    },
  })
}
