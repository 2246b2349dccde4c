import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { Grade } from '../parts/Grade'
import table from '../parts/Table.module.css'
import { unitText } from '../parts/units'
import { Warned } from '../parts/Warned'
import styles from './Map.module.css'
import type { Shown } from './stations'

interface Props {
  shown: readonly Shown[]
  unit: string
  valueText: (value: number | null) => string
  step: number
  level: number
  isWaiting: boolean
  failed: Error | null | undefined
}

/** The same stations in words, the highest first. */
export function StationList({ shown, unit, valueText, step, level, isWaiting, failed }: Props) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const latest = shown.reduce((most, { at }) => Math.max(most, at ? Date.parse(at) : 0), 0)
  const isUnbacked = step > 0 && shown.some(({ kind, value }) => value !== null && kind !== 'model')
  return (
    <section className={styles.list} aria-label={t('forecast.map.stations')}>
      <p className={styles.when}>
        {latest > 0 &&
          t(step === 0 ? 'forecast.map.measuredAt' : 'forecast.map.forecastFor', {
            time: `${time.long(latest)} ${time.zoneName}`,
          })}
      </p>
      {failed && <Warned tone="bad">{failed.message || t('forecast.map.failed')}</Warned>}
      {isUnbacked && <Warned tone="caution">{t('forecast.map.unbacked')}</Warned>}
      <div className={styles.rows}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.station')}</th>
              <th scope="col" className={table.figure}>
                {unitText(unit)}
              </th>
              {step > 0 && (
                <th scope="col" className={table.figure}>
                  {t('forecast.interval', { level: Math.round(level * 100) })}
                </th>
              )}
              <th scope="col">{t('forecast.class')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ series, value, lower, upper, word }) => (
              <tr key={series.key}>
                <th scope="row">
                  <Link to="/forecast/series/$id" params={{ id: String(series.id) }} search={{}} className={table.link}>
                    {series.station}
                  </Link>
                </th>
                <td className={table.figure}>
                  {value === null && isWaiting ? <Skeleton height={14} width={34} ml="auto" /> : valueText(value)}
                </td>
                {step > 0 && (
                  <td className={table.figure}>{lower === null ? '–' : `${valueText(lower)}–${valueText(upper)}`}</td>
                )}
                <td>
                  {word ? (
                    <Grade word={word} />
                  ) : (
                    <span className={table.quiet}>{value === null ? t('forecast.map.nothing') : '–'}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
