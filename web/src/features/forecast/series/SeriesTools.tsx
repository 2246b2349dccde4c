import { Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Choice } from '../parts/Choice'
import { ranges } from './plot'
import { horizons, levels, type useSeriesPage } from './useSeriesPage'

type Props = ReturnType<typeof useSeriesPage>

/** Which series of the station, how much of its past, how far ahead, how sure. */
export function SeriesTools({ series, beside, step, level, days, ahead, change }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const offered: readonly number[] = horizons[step]
  return (
    <>
      {beside.length > 1 && (
        <Select
          label={t('forecast.measure')}
          size="xs"
          w={130}
          allowDeselect={false}
          data={beside.map(one => ({ value: String(one.id), label: one.measure }))}
          value={String(series?.id)}
          onChange={id => id && void navigate({ to: '/forecast/series/$id', params: { id }, search: {} })}
        />
      )}
      <Select
        label={t('forecast.series.ahead')}
        size="xs"
        w={120}
        allowDeselect={false}
        data={[...new Set([...offered, ahead])]
          .sort((one, other) => one - other)
          .map(count => ({
            value: String(count),
            label: t(step === 'day' ? 'forecast.inDays' : 'forecast.inHours', { count }),
          }))}
        value={String(ahead)}
        onChange={value => change({ ahead: value ?? undefined })}
      />
      <Choice
        label={t('forecast.series.past')}
        value={String(days)}
        options={ranges[step].map(count => ({
          value: String(count),
          text: count % 365 === 0 ? t('forecast.years', { count: count / 365 }) : t('forecast.days', { count }),
        }))}
        onChange={value => change({ days: value })}
      />
      <Choice
        label={t('forecast.series.level')}
        value={level}
        options={levels.map(value => ({ value, text: `${Math.round(Number(value) * 100)} %` }))}
        onChange={value => change({ level: value })}
      />
    </>
  )
}
