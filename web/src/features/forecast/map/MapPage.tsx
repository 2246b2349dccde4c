import { Button, Select, Skeleton } from '@mantine/core'
import { IconChartLine, IconUpload } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Frame } from '../parts/Frame'
import { unitText } from '../parts/units'
import { useValueFormat } from '../parts/useValueFormat'
import { AheadSlider } from './AheadSlider'
import styles from './Map.module.css'
import { MapLegend } from './MapLegend'
import { StationList } from './StationList'
import { StationMap } from './StationMap'
import { useShown } from './useShown'

/** Where things are measured, and how it is there now or will be. */
export function MapPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/forecast' })
  const navigate = useNavigate({ from: '/forecast' })
  const step = Math.min(168, Math.max(0, Math.round(Number(search.ahead ?? 0)) || 0))
  const { all, measures, chosen, shown, ends, isForecasting, failed, level } = useShown(search.measure, step)
  const valueText = useValueFormat(shown[0]?.value)
  const change = (patch: Record<string, string | undefined>) =>
    void navigate({ search: { ...search, ...patch }, replace: true })

  if (all.isError)
    return (
      <Frame title={t('forecast.map.title')}>
        <ProblemNotice problem={all.error} onRetry={() => void all.refetch()} />
      </Frame>
    )
  if (all.data && !chosen)
    return (
      <Frame title={t('forecast.map.title')}>
        <NothingYet />
      </Frame>
    )
  const hasPlaces = shown.some(({ series }) => series.latitude !== null)
  return (
    <Frame
      fills
      title={t('forecast.map.title')}
      about={t('forecast.map.about')}
      tools={
        <>
          <Select
            label={t('forecast.measure')}
            size="xs"
            w={190}
            allowDeselect={false}
            data={measures.map(({ name, unit }) => ({ value: name, label: `${name} (${unitText(unit)})` }))}
            value={chosen?.name ?? null}
            onChange={measure => change({ measure: measure ?? undefined, ahead: undefined })}
          />
          {chosen && (
            <AheadSlider
              key={chosen.name}
              step={step}
              daily={shown[0]?.series.step === 'day'}
              onChange={next => change({ ahead: next === 0 ? undefined : String(next) })}
            />
          )}
        </>
      }
    >
      {!chosen ? (
        <Skeleton className={styles.waiting} />
      ) : (
        <div className={styles.room} data-places={hasPlaces}>
          {hasPlaces && (
            <div className={styles.mapSide}>
              <StationMap shown={shown} valueText={valueText} stale={step > 0 && isForecasting} />
              <MapLegend measure={chosen.name} unit={chosen.unit} ends={ends} valueText={valueText} />
            </div>
          )}
          <StationList
            shown={shown}
            unit={chosen.unit}
            valueText={valueText}
            step={step}
            level={level}
            isWaiting={step > 0 && isForecasting}
            failed={failed}
          />
        </div>
      )}
    </Frame>
  )
}

function NothingYet() {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Notice
      icon={IconChartLine}
      title={t('forecast.empty.title')}
      text={t(may('forecast.write') ? 'forecast.empty.load' : 'forecast.empty.ask')}
      actions={
        may('forecast.write') && (
          <Button
            leftSection={<IconUpload size={16} aria-hidden />}
            renderRoot={props => <Link to="/forecast/loads/new" {...props} />}
          >
            {t('forecast.loads.new')}
          </Button>
        )
      }
    />
  )
}
