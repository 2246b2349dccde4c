import { useMemo } from 'react'
import { localeOf, usePreferences } from '~/app/preferences'
import { valueFormat } from './units'

/** Writes values of one series. `size` is a usual value: it decides on the decimals. */
export function useValueFormat(size: number | null | undefined): (value: number | null | undefined) => string {
  const { language } = usePreferences()
  const digits = Math.abs(size ?? 0) >= 20 ? 20 : 1
  return useMemo(() => valueFormat(localeOf(language), digits), [language, digits])
}
