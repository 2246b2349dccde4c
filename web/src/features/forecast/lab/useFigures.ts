import { useMemo } from 'react'
import { localeOf, usePreferences } from '~/app/preferences'

/** Errors and skills are compared in their third digit, so they keep it. */
export function useFigures() {
  const { language } = usePreferences()
  return useMemo(() => {
    const locale = localeOf(language)
    const error = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 })
    const share = new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    })
    return {
      error: (value: number | null | undefined) => (value == null || Number.isNaN(value) ? '–' : error.format(value)),
      skill: (value: number) => share.format(value),
    }
  }, [language])
}
