import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { contextQuery } from '../search/queries'
import { BriefList, BriefSkeleton } from './BriefList'

const first = 10
const most = 500

/** What the same service wrote just before and after, in the order it was written. */
export function ContextTab({ record }: { record: LogRecord }) {
  const { t } = useTranslation()
  const [before, setBefore] = useState(first)
  const [after, setAfter] = useState(first)
  const { data, error, refetch } = useQuery(contextQuery(record.sequence, before, after))
  if (error && !data) return <ProblemNotice problem={error} onRetry={() => void refetch()} />
  if (!data) return <BriefSkeleton />
  const at = data.records.findIndex(({ sequence }) => sequence === record.sequence)
  const more = (reached: number, wanted: number) => reached >= wanted && wanted < most
  const times = (wanted: number) => Math.min(most, wanted * 3)
  return (
    <>
      {more(at, before) && (
        <Button variant="subtle" size="compact-sm" onClick={() => setBefore(times)}>
          {t('record.moreBefore')}
        </Button>
      )}
      <BriefList records={data.records} here={record.sequence} />
      {more(data.records.length - at - 1, after) && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAfter(times)}>
          {t('record.moreAfter')}
        </Button>
      )}
    </>
  )
}
