import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import styles from '../Desk.module.css'
import { Refused } from '../Refused'
import { oneOf, type Tone } from '../standing'
import type { PointChange } from '../types'
import { useDeskAction } from '../useDeskAction'

const states = ['proposed', 'approved', 'rejected', 'entered'] as const

const tones: Record<string, Tone> = { proposed: 'busy', approved: 'busy', entered: 'good', rejected: 'calm' }

export function ChangeRow({ change }: { change: PointChange }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const time = useTimeFormat()
  return (
    <tr>
      <th scope="row">
        {change.member}
        <p className={styles.quiet}>{change.memberNo}</p>
      </th>
      <td className={styles.number}>
        {change.amount > 0 ? '+' : '−'}
        {count(Math.abs(change.amount))}
      </td>
      <td>{change.reason}</td>
      <td>
        {change.proposedName}
        <p className={styles.quiet}>{time.short(Date.parse(change.proposedAt))}</p>
      </td>
      <td>
        <span className={styles.tag} data-tone={tones[change.state] ?? 'busy'}>
          {t(`clubDesk.change.is.${oneOf(states, change.state, 'proposed')}`)}
        </span>
        {change.approvedName && <p className={styles.quiet}>{change.approvedName}</p>}
      </td>
      <td>
        <Next change={change} />
      </td>
    </tr>
  )
}

/** The one thing that can be done with it by whoever looks. */
function Next({ change }: { change: PointChange }) {
  const { t } = useTranslation()
  const may = useMay()
  const [problem, setProblem] = useState<Error | null>(null)
  const path = { id: change.id }
  const run = (act: () => Promise<unknown>) => act().catch((cause: Error) => setProblem(cause))
  const decide = useDeskAction((verdict: 'approve' | 'reject') =>
    run(() =>
      verdict === 'approve'
        ? call(api.POST('/api/club/desk/point-changes/{id}/approve', { params: { path } }))
        : call(api.POST('/api/club/desk/point-changes/{id}/reject', { params: { path } })),
    ),
  )
  const enter = useDeskAction((transactionNo: string) =>
    run(() =>
      call(api.POST('/api/club/desk/point-changes/{id}/entered', { params: { path }, body: { transactionNo } })),
    ),
  )
  const noted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    enter.mutate(String(new FormData(event.currentTarget).get('number')).trim())
  }
  const mine = change.proposedByMe
  return (
    <>
      {change.state === 'proposed' && may('club.manage') && (
        <div className={styles.actions}>
          {!mine && (
            <Button size="compact-sm" loading={decide.isPending} onClick={() => decide.mutate('approve')}>
              {t('clubDesk.change.approve')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => decide.mutate('reject')}>
            {t(mine ? 'clubDesk.change.withdraw' : 'clubDesk.change.reject')}
          </Button>
        </div>
      )}
      {change.state === 'proposed' && mine && <p className={styles.quiet}>{t('clubDesk.change.second')}</p>}
      {change.state === 'approved' && may('club.write') && (
        <form className={styles.actions} onSubmit={noted}>
          <TextInput
            name="number"
            size="xs"
            placeholder={t('clubDesk.change.number')}
            aria-label={t('clubDesk.change.number')}
            required
            maxLength={100}
          />
          <Button type="submit" size="compact-sm" loading={enter.isPending}>
            {t('clubDesk.change.note')}
          </Button>
        </form>
      )}
      {change.transactionNo && <span className={styles.data}>{change.transactionNo}</span>}
      {problem && <Refused problem={problem} />}
    </>
  )
}
