import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'

interface Props {
  at: string | null | undefined
  /** What is said when there is no such time. */
  none?: string
}

/** A time in the zone of the reader; the zone and every digit on hover. */
export function Moment({ at, none }: Props) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  if (!at) return <>{none ?? t('desk.never')}</>
  return (
    <time dateTime={at} title={time.full(at)}>
      {time.long(Date.parse(at))}
    </time>
  )
}
