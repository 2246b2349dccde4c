import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { KeyUsage } from '~/api/types'
import { localeOf, useNumberFormat, usePreferences } from '~/app/preferences'
import { Bars } from '~/ui/desk/Bars'
import { Moment } from '~/ui/desk/Moment'
import { ProblemNotice } from '~/ui/ProblemNotice'
import styles from './Portal.module.css'
import { daysBetween, usageQuery } from './portal'

/** What each key asked by day, and what is left of its plan today. */
export function Usage() {
  const { t } = useTranslation()
  const usage = useQuery(usageQuery)
  if (usage.isPending) return <Skeleton height={200} mt="md" />
  if (usage.isError) return <ProblemNotice problem={usage.error} onRetry={() => void usage.refetch()} />
  const { items, from, to, resetsAt } = usage.data
  return (
    <div className={styles.usage}>
      <h3 className={styles.usageTitle}>{t('developers.usage')}</h3>
      <p className={styles.about}>
        {t('developers.resets')} <Moment at={resetsAt} />
      </p>
      {items.map(item => (
        <OneKey key={item.key} usage={item} days={daysBetween(from, to)} />
      ))}
    </div>
  )
}

function OneKey({
  usage: { name, plan, usedToday, leftToday, days: known },
  days,
}: {
  usage: KeyUsage
  days: string[]
}) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const { count, rate } = useNumberFormat()
  const dayText = (day: string) =>
    new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day))
  const byDay = new Map(known.map(day => [day.day, day]))
  const sum = known.reduce((all, day) => all + day.count, 0)
  const asked = t('developers.askedInAll', { count: sum, shown: count(sum) })
  return (
    <section>
      <h4 className={styles.usageKey}>{name}</h4>
      <p className={styles.about}>
        {asked} {leftToday !== null && t('developers.leftToday', { used: count(usedToday), left: count(leftToday) })}{' '}
        {plan && plan.ratePerSecond > 0 && t('developers.rate', { rate: rate(plan.ratePerSecond) })}
      </p>
      <Bars
        label={asked}
        bars={days.map(day => {
          const { count: all = 0, refused = 0, errors = 0 } = byDay.get(day) ?? {}
          return {
            key: day,
            label: t('developers.dayUsage', {
              day: dayText(day),
              count: all,
              shown: count(all),
              refused: count(refused),
              errors: count(errors),
            }),
            good: all - refused - errors,
            refused,
            failed: errors,
          }
        })}
        ends={[dayText(days[0] ?? ''), dayText(days.at(-1) ?? '')]}
      />
    </section>
  )
}
