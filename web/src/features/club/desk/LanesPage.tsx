import { Button, Skeleton } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from './Desk'
import styles from './Desk.module.css'
import { deskBookingsQuery, lanesQuery } from './queries'
import { ReasonDialog } from './ReasonDialog'
import { Refused } from './Refused'
import { promiseTone } from './standing'
import type { DeskLane } from './types'
import { useDeskAction } from './useDeskAction'

/** What waits, in the order it will be done: one queue for a venue and day, so that a sick house holds back nobody else. */
export function LanesPage() {
  const { t } = useTranslation()
  const lanes = useQuery(lanesQuery)
  return (
    <Desk tab="lanes">
      <DeskSheet title={t('clubDesk.lanes.title')} about={t('clubDesk.lanes.about')}>
        {lanes.isPending ? (
          <Skeleton height={320} />
        ) : !lanes.data ? (
          <ProblemNotice problem={lanes.error} onRetry={() => void lanes.refetch()} />
        ) : lanes.data.length === 0 ? (
          <Notice icon={IconChecks} title={t('clubDesk.lanes.none')} text={t('clubDesk.lanes.noneText')} />
        ) : (
          <Lanes lanes={lanes.data} />
        )}
      </DeskSheet>
    </Desk>
  )
}

function Lanes({ lanes }: { lanes: readonly DeskLane[] }) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const { data: bookings = [] } = useQuery(deskBookingsQuery('', ''))
  // A queue's name is the vendor's; what waits in it says which house it is.
  const titles = new Map(bookings.map(({ lane, title }) => [lane, title]))
  const mayPause = useMay()('club.manage')
  const [pausing, setPausing] = useState<string | null>(null)
  const pause = useDeskAction(
    ({ lane, reason }: { lane: string; reason: string }) =>
      call(api.POST('/api/club/desk/lanes/{lane}/pause', { params: { path: { lane } }, body: { reason } })),
    () => setPausing(null),
  )
  const resume = useDeskAction((lane: string) =>
    call(api.POST('/api/club/desk/lanes/{lane}/resume', { params: { path: { lane } } })),
  )
  const short = (iso: string) => time.short(Date.parse(iso))
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('clubDesk.lanes.lane')}</th>
            <th scope="col" className={styles.number}>
              {t('clubDesk.lanes.waiting')}
            </th>
            <th scope="col">{t('clubDesk.lanes.oldest')}</th>
            <th scope="col">{t('clubDesk.lanes.next')}</th>
            <th scope="col">{t('clubDesk.lanes.promise')}</th>
            <th scope="col">{t('clubDesk.lanes.state')}</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map(lane => (
            <tr key={lane.lane}>
              <th scope="row">
                {titles.get(lane.lane)}
                <p className={styles.data}>{lane.lane}</p>
              </th>
              <td className={styles.number}>{lane.waiting}</td>
              <td>{short(lane.oldest)}</td>
              <td>{short(lane.nextAt)}</td>
              <td>
                {lane.earliestPromise && (
                  <span className={styles.tag} data-tone={promiseTone(lane.earliestPromise, 'held', Date.now())}>
                    {short(lane.earliestPromise)}
                  </span>
                )}
              </td>
              <td>
                {lane.pausedBecause !== null && lane.pausedBecause !== undefined ? (
                  <div className={styles.actions}>
                    <span className={styles.tag} data-tone="bad">
                      {t('clubDesk.lanes.paused', { reason: lane.pausedBecause })}
                    </span>
                    {mayPause && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        loading={resume.isPending && resume.variables === lane.lane}
                        onClick={() => resume.mutate(lane.lane)}
                      >
                        {t('clubDesk.lanes.resume')}
                      </Button>
                    )}
                    {resume.isError && resume.variables === lane.lane && <Refused problem={resume.error} />}
                  </div>
                ) : mayPause ? (
                  <Button size="compact-sm" variant="default" onClick={() => setPausing(lane.lane)}>
                    {t('clubDesk.lanes.pause')}
                  </Button>
                ) : (
                  <span className={styles.quiet}>{t('clubDesk.lanes.runs')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pausing && (
        <ReasonDialog
          title={t('clubDesk.lanes.pauseTitle')}
          about={t('clubDesk.lanes.pauseAbout', { lane: pausing })}
          submit={t('clubDesk.lanes.pause')}
          busy={pause.isPending}
          problem={pause.error}
          onClose={() => setPausing(null)}
          onSubmit={reason => pause.mutate({ lane: pausing, reason })}
        />
      )}
    </div>
  )
}
