import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlatformStatus } from '~/api/types'
import { usePage } from '~/app/page'
import { usePreferences } from '~/app/preferences'
import { standingOf } from '~/app/StatusDot'
import { statusQuery } from '~/app/status'
import { ProblemNotice } from '~/ui/ProblemNotice'
import styles from './StatusPage.module.css'

/** Oftener than the dot in the rail: whoever opens this page is waiting for something to change. */
const everyMs = 3_000

export function StatusPage() {
  const { t } = useTranslation()
  const status = useQuery({ ...statusQuery, refetchInterval: everyMs })
  usePage(useMemo(() => ({ title: t('status.title') }), [t]))
  return (
    <div className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t('status.title')}</h1>
        {status.isPending ? (
          <Skeleton height={320} />
        ) : status.isError ? (
          <ProblemNotice problem={status.error} onRetry={() => void status.refetch()} />
        ) : (
          <Report status={status.data} />
        )}
      </div>
    </div>
  )
}

function Report({ status }: { status: PlatformStatus }) {
  const { t } = useTranslation()
  const uptime = useUptime(status.uptimeSeconds)
  return (
    <>
      <section className={styles.summary} data-status={status.status} aria-live="polite">
        <span className={styles.sign} aria-hidden="true" />
        <div>
          <p className={styles.standing}>{t(`status.standing.${standingOf(status.status)}`)}</p>
          <p className={styles.about}>{t('status.about', { version: status.version, uptime })}</p>
        </div>
      </section>
      <table className={styles.parts}>
        <thead>
          <tr>
            <th scope="col">{t('status.part')}</th>
            <th scope="col">{t('status.state')}</th>
            <th scope="col">{t('status.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {status.parts.map(part => (
            <tr key={part.name}>
              <th scope="row">{part.name}</th>
              <td>
                <span className={styles.state} data-status={part.status}>
                  {t(`status.parts.${part.status}`)}
                </span>
              </td>
              <td className={styles.detail}>{part.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function useUptime(seconds: number): string {
  const { language } = usePreferences()
  const [value, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 7_200
        ? [seconds / 60, 'minute']
        : seconds < 172_800
          ? [seconds / 3_600, 'hour']
          : [seconds / 86_400, 'day']
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: String(unit),
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Number(value))
}
