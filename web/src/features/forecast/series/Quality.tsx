import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { correctionsQuery } from '../data/calls'
import type { Series } from '../data/shapes'
import { Facts, Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import { useStepTime } from '../parts/useStepTime'
import type { History } from './plot'

interface Props {
  series: Series
  history: History
  valueText: (value: number | null) => string
}

/** What is known of the data themselves: holes, and values that were replaced. */
export function Quality({ series, history: { gaps, rows }, valueText }: Props) {
  const { t } = useTranslation()
  const { count, percent } = useNumberFormat()
  const time = useTimeFormat()
  const stepTime = useStepTime(series.step)
  const corrections = useQuery(correctionsQuery(series.key))
  const missing = gaps.reduce((sum, { steps }) => sum + steps, 0)
  const measured = rows.filter(row => row[1] !== null).length
  const longest = gaps.reduce<(typeof gaps)[number] | null>(
    (most, gap) => (gap.steps > (most?.steps ?? 0) ? gap : most),
    null,
  )
  return (
    <Panel title={t('forecast.quality.title')} about={t('forecast.quality.about')}>
      <Facts
        facts={[
          { name: t('forecast.quality.values'), value: count(measured) },
          {
            name: t('forecast.quality.missing'),
            value: count(missing),
            about: percent(missing / Math.max(1, measured + missing)),
            tone: missing / Math.max(1, measured + missing) > 0.2 ? 'caution' : undefined,
          },
          {
            name: t('forecast.quality.longest'),
            value: longest
              ? t(series.step === 'day' ? 'forecast.days' : 'forecast.hours', { count: longest.steps })
              : '–',
            about: longest ? stepTime.short(longest.from) : '',
          },
          { name: t('forecast.quality.replaced'), value: corrections.data ? count(corrections.data.length) : '–' },
        ]}
      />
      {corrections.data && corrections.data.length > 0 && (
        <Scroll label={t('forecast.quality.replaced')} tall below>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('forecast.time')}</th>
                <th scope="col" className={table.figure}>
                  {t('forecast.quality.before')}
                </th>
                <th scope="col" className={table.figure}>
                  {t('forecast.quality.now')}
                </th>
                <th scope="col">{t('forecast.quality.since')}</th>
              </tr>
            </thead>
            <tbody>
              {corrections.data.map(({ at, versions }) => {
                const [now, before] = [versions.at(-1), versions.at(-2)]
                return (
                  <tr key={at}>
                    <th scope="row">{stepTime.short(Date.parse(at))}</th>
                    <td className={table.figure}>{valueText(before?.value ?? null)}</td>
                    <td className={table.figure}>{valueText(now?.value ?? null)}</td>
                    <td>
                      {now?.load ? (
                        <Link to="/forecast/loads/$id" params={{ id: now.load }} search={{}} className={table.link}>
                          {time.short(Date.parse(now.loadedAt))}
                        </Link>
                      ) : (
                        now && time.short(Date.parse(now.loadedAt))
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  )
}
