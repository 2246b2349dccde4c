import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { usePreferences } from '~/app/preferences'
import { fromWallTime, systemZone, wallTime } from '~/ui/time'
import desk from '../Desk.module.css'
import { ReasonDialog } from '../ReasonDialog'
import { Refused } from '../Refused'
import type { OpenedBooking } from '../types'
import { useDeskAction } from '../useDeskAction'

type Asked = 'retry' | 'undo' | 'promise'

/** What an operator may do about a booking now. What cannot be done is not offered; the host judges all the same. */
export function PanelActions({ opened: { booking, sagas } }: { opened: OpenedBooking }) {
  const { t } = useTranslation()
  const { zone } = usePreferences()
  const here = zone === 'system' ? systemZone() : zone
  const [asked, setAsked] = useState<Asked | null>(null)
  const path = { id: booking.id }
  const look = useDeskAction(() => call(api.POST('/api/club/desk/bookings/{id}/look', { params: { path } })))
  const act = useDeskAction(
    ({ reason, by }: { reason: string; by: string | null }) => {
      const options = { params: { path }, body: { reason } }
      if (asked === 'retry') return call(api.POST('/api/club/desk/bookings/{id}/retry', options))
      if (asked === 'undo') return call(api.POST('/api/club/desk/bookings/{id}/undo', options))
      return call(api.POST('/api/club/desk/bookings/{id}/promise', { params: { path }, body: { by, reason } }))
    },
    () => setAsked(null),
  )
  const parked = sagas.runs.some(run => run.state === 'operator')
  const works = sagas.runs.some(run => run.state === 'running' || run.state === 'undoing')
  if (booking.settled && !parked && !works) return null
  const ask = (next: Asked) => {
    act.reset()
    setAsked(next)
  }
  return (
    <div className={desk.actions}>
      {works && (
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate(undefined)}>
          {t('clubDesk.act.look')}
        </Button>
      )}
      {parked && <Button onClick={() => ask('retry')}>{t('clubDesk.act.retry')}</Button>}
      {!booking.settled && (
        <>
          <Button variant="default" onClick={() => ask('undo')}>
            {t('clubDesk.act.undo')}
          </Button>
          <Button variant="default" onClick={() => ask('promise')}>
            {t('clubDesk.act.promise')}
          </Button>
        </>
      )}
      {look.isError && <Refused problem={look.error} />}
      {asked && (
        <ReasonDialog
          title={t(`clubDesk.act.${asked}`)}
          about={t(`clubDesk.actAbout.${asked}`)}
          submit={t(`clubDesk.act.${asked}`)}
          danger={asked === 'undo'}
          busy={act.isPending}
          problem={act.error}
          onClose={() => setAsked(null)}
          onSubmit={(reason, form) => {
            const at = fromWallTime(String(form.get('by') ?? ''), here)
            act.mutate({ reason, by: at === null ? null : new Date(at).toISOString() })
          }}
        >
          {asked === 'promise' && (
            <TextInput
              type="datetime-local"
              name="by"
              label={t('clubDesk.promiseBy', { zone: here })}
              defaultValue={wallTime(Date.parse(booking.promise?.by ?? '') || Date.now() + 3_600_000, here).slice(
                0,
                16,
              )}
              required
              withAsterisk={false}
            />
          )}
        </ReasonDialog>
      )}
    </div>
  )
}
