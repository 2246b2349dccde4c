import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from './Desk'
import styles from './Desk.module.css'
import { invariantsQuery } from './queries'

/** What must be true of points, money and places at every moment, checked now. */
export function ChecksPage() {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const checks = useQuery(invariantsQuery)
  const broken = checks.data?.invariants.filter(one => one.broken > 0).length ?? 0
  return (
    <Desk tab="checks">
      <DeskSheet
        title={
          !checks.data
            ? t('clubDesk.checks.title')
            : broken === 0
              ? t('clubDesk.checks.good')
              : t('clubDesk.checks.bad', { count: broken })
        }
        about={
          checks.data
            ? t('clubDesk.checks.at', { at: time.long(Date.parse(checks.data.checkedAt)) })
            : t('clubDesk.checks.about')
        }
        actions={
          <Button variant="default" loading={checks.isFetching} onClick={() => void checks.refetch()}>
            {t('clubDesk.checks.again')}
          </Button>
        }
      >
        {checks.isPending ? (
          <Skeleton height={420} />
        ) : !checks.data ? (
          <ProblemNotice problem={checks.error} onRetry={() => void checks.refetch()} />
        ) : (
          <>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('clubDesk.checks.name')}</th>
                  <th scope="col">{t('clubDesk.checks.meaning')}</th>
                  <th scope="col">{t('clubDesk.checks.result')}</th>
                </tr>
              </thead>
              <tbody>
                {checks.data.invariants.map(one => (
                  <tr key={one.name}>
                    <th scope="row" className={styles.data}>
                      {one.name}
                    </th>
                    <td lang="en">{one.meaning}</td>
                    <td>
                      <span className={styles.tag} data-tone={one.broken === 0 ? 'good' : 'bad'}>
                        {one.broken === 0
                          ? t('clubDesk.checks.holds')
                          : t('clubDesk.checks.broken', { count: one.broken })}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {checks.data.breaches.length > 0 && (
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('clubDesk.checks.name')}</th>
                    <th scope="col">{t('clubDesk.checks.subject')}</th>
                    <th scope="col">{t('clubDesk.checks.detail')}</th>
                  </tr>
                </thead>
                <tbody>
                  {checks.data.breaches.map(breach => (
                    <tr key={`${breach.invariant} ${breach.subject} ${breach.detail}`}>
                      <td className={styles.data}>{breach.invariant}</td>
                      <td className={styles.data}>{breach.subject}</td>
                      <td className={styles.data}>{breach.detail}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </DeskSheet>
    </Desk>
  )
}
