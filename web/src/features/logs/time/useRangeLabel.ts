import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { instantOf, isRelative, type Length, lengthOf, type Range } from './ranges'

/** The words for a range: "Last 15 minutes", or its two ends in the reader's zone. */
export function useRangeLabel() {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const ofLength = ({ count, unit }: Length) => t(`time.last.${unit}`, { count })
  return {
    ofLength,
    ofRange: (range: Range) => {
      const length = lengthOf(range)
      if (length) return ofLength(length)
      const end = (text: string) => (isRelative(text) ? text : time.short(instantOf(text, 0) ?? 0))
      return `${end(range.from)} – ${end(range.to)}`
    },
  }
}
