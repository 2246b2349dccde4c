import { Button, Skeleton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf, useNumberFormat, usePreferences, useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { IconButton } from '~/ui/IconButton'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { money } from '../../money'
import { clockText, dayText, wallOf } from '../../times'
import desk from '../Desk.module.css'
import { deskBookingQuery } from '../queries'
import { Refusal } from '../Refused'
import { promiseTone, stateOf, toneOf } from '../standing'
import type { OpenedBooking } from '../types'
import { PanelActions } from './PanelActions'
import { Steps } from './Steps'
import styles from './Today.module.css'

/** One booking with its steps, its calls, what its member was told and what people did. */
export function BookingPanel({ id }: { id: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/club/desk' })
  const mayAct = useMay()('club.write')
  const opened = useQuery(deskBookingQuery(id))
  const close = () => void navigate({ search: ({ booking: _, ...rest }) => rest })
  return (
    <aside className={styles.panel} aria-label={t('clubDesk.opened')}>
      {opened.isPending ? (
        <Skeleton height={480} />
      ) : !opened.data ? (
        <>
          <ProblemNotice problem={opened.error} onRetry={() => void opened.refetch()} />
          <Button variant="default" onClick={close}>
            {t('common.close')}
          </Button>
        </>
      ) : (
        <>
          <header className={styles.panelHead}>
            <div>
              <h2 className={styles.panelTitle}>{opened.data.booking.title}</h2>
              <span className={desk.tag} data-tone={toneOf(opened.data.booking.state)}>
                {t(`clubDesk.is.${stateOf(opened.data.booking.state)}`)}
              </span>
            </div>
            <IconButton label={t('common.close')} icon={IconX} onClick={close} />
          </header>
          {mayAct && <PanelActions opened={opened.data} />}
          <Facts opened={opened.data} />
          <Steps sagas={opened.data.sagas} />
          <Told opened={opened.data} />
          {mayAct && (
            <Link
              to="/club/desk/points"
              search={{ propose: opened.data.memberNo ?? opened.data.member }}
              className={styles.aside}
            >
              {t('clubDesk.change.proposeFor', { member: opened.data.member })}
            </Link>
          )}
        </>
      )}
    </aside>
  )
}

function Facts({ opened: { booking, member, memberNo, rawReason, sagas } }: { opened: OpenedBooking }) {
  const { t } = useTranslation()
  const locale = localeOf(usePreferences().language)
  const { count } = useNumberFormat()
  const time = useTimeFormat()
  const lane = sagas.runs.find(run => run.lane)?.lane
  const start = booking.startsAt && booking.timeZone ? wallOf(booking.startsAt, booking.timeZone) : null
  const price =
    booking.pay === 'points'
      ? t('clubDesk.points', { count: booking.points ?? 0, points: count(booking.points ?? 0) })
      : money(booking.amount ?? 0, booking.currency ?? '', locale)
  const facts: [string, ReactNode][] = [
    [t('clubDesk.number'), String(booking.number)],
    [t('clubDesk.member'), [member, memberNo].filter(Boolean).join(' · ')],
    [
      t('clubDesk.when'),
      start && booking.startsAt && booking.timeZone
        ? `${dayText(start.date, locale, { weekday: 'short', day: 'numeric', month: 'short' })}, ${clockText(booking.startsAt, booking.timeZone, locale)} ${booking.timeZone}`
        : null,
    ],
    [t('clubDesk.quantity'), String(booking.quantity)],
    [t('clubDesk.price'), price],
    [t('clubDesk.reference'), booking.reference],
    [t('clubDesk.asked'), time.long(Date.parse(booking.createdAt))],
    [t('clubDesk.lane'), lane && <span className={desk.data}>{lane}</span>],
    [t('clubDesk.why'), rawReason && <Refusal text={rawReason} />],
  ]
  return (
    <dl className={styles.facts}>
      {booking.promise && (
        <>
          <dt>{t('clubDesk.promised')}</dt>
          <dd>
            <span className={desk.tag} data-tone={promiseTone(booking.promise.by, booking.state, Date.now())}>
              {time.long(Date.parse(booking.promise.by))}
            </span>
          </dd>
        </>
      )}
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

function Told({ opened: { messages, actions } }: { opened: OpenedBooking }) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const lines = [
    ...messages.map(one => ({ at: one.at, who: t('clubDesk.told'), text: one.text })),
    ...actions.map(one => ({ at: one.at, who: one.name, text: `${one.what}${one.reason ? `: ${one.reason}` : ''}` })),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
  if (lines.length === 0) return null
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>{t('clubDesk.messages')}</h3>
      <ol className={styles.told}>
        {lines.map(line => (
          <li key={`${line.at} ${line.text}`}>
            <time dateTime={line.at}>{time.short(Date.parse(line.at))}</time>
            <p>
              <b>{line.who}</b> <span lang="en">{line.text}</span>
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
