import { useMemo } from 'react'
import { localeOf, useNumberFormat, usePreferences } from '~/app/preferences'
import { systemZone } from '~/ui/time'
import { money } from './money'
import { dayText, momentText, wallOf } from './times'

/** How a member reads numbers, prices and times: in his language, and times of his own where they are not a venue's. */
export function useClubFormat() {
  const { language, zone } = usePreferences()
  const { count } = useNumberFormat()
  return useMemo(() => {
    const locale = localeOf(language)
    const mine = zone === 'system' ? systemZone() : zone
    return {
      locale,
      points: count,
      money: (minor: number, currency: string) => money(minor, currency, locale),
      /** A time here: the clock alone when it is today. */
      moment: (instant: string) => momentText(instant, Date.now(), mine, locale),
      day: (date: string, options: Intl.DateTimeFormatOptions) => dayText(date, locale, options),
      /** A start at its place: Tuesday 24 November, 19:00. */
      start: (instant: string, place: string) => {
        const { date, time } = wallOf(instant, place)
        return `${dayText(date, locale, { weekday: 'long', day: 'numeric', month: 'long' })}, ${time}`
      },
      shortStart: (instant: string, place: string) => {
        const { date, time } = wallOf(instant, place)
        return `${dayText(date, locale, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`
      },
    }
  }, [language, zone, count])
}
