import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { useMay } from '~/app/session'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { modelQuery, seriesQuery } from '../data/calls'
import { Frame } from '../parts/Frame'
import { RunForm } from './RunForm'
import { setupFor, setupOf } from './setup'

/** A new training or test; begins like an earlier model when one is named in the address. */
export function NewRunPage() {
  const { t } = useTranslation()
  const may = useMay()
  const search = useSearch({ from: '/shell/forecast/lab/new' })
  const all = useQuery(seriesQuery)
  const like = useQuery({ ...modelQuery(search.like ?? ''), enabled: search.like !== undefined })
  const isWaiting = all.isPending || (search.like !== undefined && like.isPending)
  const named = all.data?.find(one => one.key === search.series)
  return (
    <Frame title={t('forecast.lab.new')} about={t('forecast.lab.newAbout')}>
      {!may('forecast.write') ? (
        <ProblemNotice problem={new Problem(403, 'forbidden', '')} />
      ) : all.isError ? (
        <ProblemNotice problem={all.error} onRetry={() => void all.refetch()} />
      ) : isWaiting || !all.data ? (
        <Skeleton height={480} />
      ) : (
        <RunForm
          all={all.data}
          begin={
            like.data
              ? setupOf(like.data.step, like.data.series, like.data.name, like.data.parameters)
              : setupFor(named?.step ?? 'hour', named ? [named.key] : [])
          }
        />
      )}
    </Frame>
  )
}
