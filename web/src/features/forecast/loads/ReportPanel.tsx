import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import type { Report } from '../data/shapes'
import { Because, useReason } from '../parts/Because'
import { Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import { Warned } from '../parts/Warned'
import styles from './Loads.module.css'

/** What the loaded series look like: holes, leaps, sensors that stand still, units that changed. */
export function ReportPanel({ report: { series, warnings } }: { report: Report }) {
  const { t } = useTranslation()
  const { count, percent } = useNumberFormat()
  const time = useTimeFormat()
  return (
    <Panel title={t('forecast.report.title')} about={t('forecast.report.about')}>
      {warnings.length > 0 && (
        <Warned tone="caution" title={t('forecast.report.look')}>
          <Warnings warnings={warnings} />
        </Warned>
      )}
      <Scroll label={t('forecast.report.title')} tall below>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.page.series')}</th>
              <th scope="col" className={table.figure}>
                {t('forecast.quality.values')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.quality.missing')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.report.gaps')}
              </th>
              <th scope="col">{t('forecast.quality.longest')}</th>
              <th scope="col">{t('forecast.report.outliers')}</th>
              <th scope="col" className={table.figure}>
                {t('forecast.report.flat')}
              </th>
              <th scope="col">{t('forecast.report.shift')}</th>
            </tr>
          </thead>
          <tbody>
            {series.map(one => (
              <tr key={one.series}>
                <th scope="row">
                  <Link to="/forecast/series/$id" params={{ id: one.series }} search={{}} className={table.link}>
                    {one.series}
                  </Link>
                </th>
                <td className={table.figure}>{count(one.values)}</td>
                <td className={table.figure}>{percent(one.shareMissing)}</td>
                <td className={table.figure}>{count(one.gaps)}</td>
                <td>
                  {one.longestGapAt
                    ? `${t('forecast.steps', { count: one.longestGap })}, ${time.day(Date.parse(one.longestGapAt))}`
                    : '–'}
                </td>
                <td>
                  {one.outlierCount === 0
                    ? '–'
                    : `${count(one.outlierCount)}: ${one.outliers
                        .slice(0, 2)
                        .map(({ at, value }) => `${value} (${time.day(Date.parse(at))})`)
                        .join(', ')}`}
                </td>
                <td className={table.figure}>{one.flatRuns || '–'}</td>
                <td>
                  {one.levelShift
                    ? `×${one.levelShift.factor.toPrecision(2)}, ${time.day(Date.parse(one.levelShift.at))}`
                    : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}

/** What is wrong with many series is said once; which they are can be opened. */
function Warnings({ warnings }: Pick<Report, 'warnings'>) {
  const codes = [...new Set(warnings.map(({ code }) => code))]
  return (
    <ul className={styles.warnings}>
      {codes.map(code => (
        <li key={code}>
          <OfOneKind warnings={warnings.filter(warning => warning.code === code)} />
        </li>
      ))}
    </ul>
  )
}

function OfOneKind({ warnings }: Pick<Report, 'warnings'>) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const reason = useReason()
  const [first, ...others] = warnings
  if (!first) return null
  if (others.length === 0) return <Because {...first} />
  return (
    <details>
      <summary>
        {reason(first.code)} · {t('forecast.report.times', { count: warnings.length, shown: count(warnings.length) })}
      </summary>
      <ul lang="en" className={styles.each}>
        {warnings.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </details>
  )
}
