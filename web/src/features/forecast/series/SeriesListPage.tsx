import { Skeleton, TextInput } from '@mantine/core'
import { IconChartLine, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { seriesQuery } from '../data/calls'
import { Frame } from '../parts/Frame'
import { SeriesRows } from './SeriesRows'

/** Every series there is: air, sales and log volumes alike. */
export function SeriesListPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/forecast/series' })
  const navigate = useNavigate({ from: '/forecast/series' })
  const all = useQuery(seriesQuery)
  const wanted = (search.search ?? '').trim().toLowerCase()
  const found = useMemo(
    () => all.data?.filter(({ key }) => wanted.split(/\s+/).every(word => key.toLowerCase().includes(word))),
    [all.data, wanted],
  )
  return (
    <Frame
      title={t('forecast.page.series')}
      about={t('forecast.list.about')}
      tools={
        <TextInput
          size="xs"
          w={260}
          type="search"
          aria-label={t('forecast.list.search')}
          placeholder={t('forecast.list.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search.search ?? ''}
          onChange={event =>
            void navigate({ search: { search: event.currentTarget.value || undefined }, replace: true })
          }
        />
      }
    >
      {all.isError ? (
        <ProblemNotice problem={all.error} onRetry={() => void all.refetch()} />
      ) : !found ? (
        <Skeleton height={420} />
      ) : all.data?.length === 0 ? (
        <Notice icon={IconChartLine} title={t('forecast.empty.title')} text={t('forecast.empty.ask')} />
      ) : found.length === 0 ? (
        <Notice icon={IconSearch} title={t('forecast.list.none')} />
      ) : (
        <SeriesRows series={found} />
      )}
    </Frame>
  )
}
