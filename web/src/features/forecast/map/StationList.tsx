import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { BecauseOf } from '../parts/Because'
import { Grade } from '../parts/Grade'
import table from '../parts/Table.module.css'
import { unitText } from '../parts/units'
import { Warned } from '../parts/Warned'
import { isOld, isStale, newestOf } from './ages'
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

/** The same stations in words, the highest first; each with the time of its value. */
export function StationList({ shown, unit, valueText, step, level, isWaiting, failed }: Props) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const newest = newestOf(shown)
  const isUnbacked = step > 0 && shown.some(({ kind, value }) => value !== null && kind !== 'model')
  const newestText = `${time.long(newest)} ${time.zoneName}`
  return (
    <section className={styles.list} aria-label={t('forecast.map.stations')}>
      <p className={styles.when}>
        {newest > 0 && t(step === 0 ? 'forecast.map.measuredAt' : 'forecast.map.forecastFor', { time: newestText })}
      </p>
      {step === 0 && isOld(newest, Date.now()) && (
        <Warned tone="caution">{t('forecast.map.old', { time: time.day(newest) })}</Warned>
      )}
      {failed && (
        <Warned tone="bad" title={t('forecast.map.failed')}>
          <BecauseOf error={failed} />
        </Warned>
      )}
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
            {shown.map(one => (
              <tr key={one.series.key} data-stale={isStale(one, newest) || undefined}>
                <th scope="row">
                  <Link
                    to="/forecast/series/$id"
                    params={{ id: String(one.series.id) }}
                    search={{}}
                    className={table.link}
                  >
                    {one.series.station}
                  </Link>
                  {one.at && one.value !== null && <Age shown={one} newest={newest} />}
                </th>
                <td className={table.figure}>
                  {one.value === null && isWaiting ? (
                    <Skeleton height={14} width={34} ml="auto" />
                  ) : (
                    valueText(one.value)
                  )}
                </td>
                {step > 0 && (
                  <td className={table.figure}>
                    {one.lower === null ? '–' : `${valueText(one.lower)}–${valueText(one.upper)}`}
                  </td>
                )}
                <td>
                  {one.word ? (
                    <Grade word={one.word} />
                  ) : (
                    <span className={table.quiet}>{one.value === null ? t('forecast.map.nothing') : '–'}</span>
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

/** When the value is of: with its year, and a word, when it is too old to stand beside the others. */
function Age({ shown, newest }: { shown: Shown; newest: number }) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const at = Date.parse(shown.at ?? '')
  const stale = isStale(shown, newest)
  return (
    <div className={styles.age} data-stale={stale || undefined}>
      <time dateTime={shown.at ?? undefined}>{stale ? time.day(at) : time.short(at)}</time>
      {stale && <span> · {t('forecast.map.stale')}</span>}
    </div>
  )
}
