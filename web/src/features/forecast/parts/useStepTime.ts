import { useMemo } from 'react'
import { localeOf, usePreferences, useTimeFormat } from '~/app/preferences'
import { type TimeFormat, timeFormat } from '~/ui/time'
import type { Step } from '../data/shapes'

/** Hours are times of the reader's clock; a day is a date, the same wherever he is. */
export function useStepTime(step: Step): TimeFormat {
  const { language } = usePreferences()
  const clock = useTimeFormat()
  return useMemo(() => {
    if (step === 'hour') return clock
    const date = timeFormat(localeOf(language), 'UTC')
    return { ...date, short: date.day, long: date.day, zoneName: '' }
  }, [step, language, clock])
}
