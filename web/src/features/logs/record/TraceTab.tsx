import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { type AddressSearch, defaultAddress, writeAddress } from '../address'
import { searchQuery } from '../search/queries'
import { between } from '../time/ranges'
import { BriefList, BriefSkeleton } from './BriefList'

/** A request is over long before this; its records are sought this far around the one at hand. */
const aroundMs = 3_600_000

/** Every record of the same trace, whichever service wrote it. */
export function TraceTab({ record }: { record: LogRecord }) {
  const { t } = useTranslation()
  const at = Date.parse(record.timestamp)
  const asked = { query: `trace:${record.traceId}`, order: 'asc' as const, ...between(at - aroundMs, at + aroundMs) }
  const { data, error, isPlaceholderData, refetch } = useInfiniteQuery(searchQuery(asked, 0))
  const search: AddressSearch = writeAddress({ ...defaultAddress, ...asked })
  if (error && !data) return <ProblemNotice problem={error} onRetry={() => void refetch()} />
  if (!data || isPlaceholderData) return <BriefSkeleton />
  return (
    <>
      <BriefList records={data.pages.flatMap(page => page.records)} here={record.sequence} showService />
      <Button variant="subtle" size="compact-sm" renderRoot={props => <Link to="/logs" search={search} {...props} />}>
        {t('record.openTrace')}
      </Button>
    </>
  )
}
