import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf, useNumberFormat, usePreferences, useTimeFormat } from '~/app/preferences'
import type { Series } from '../data/shapes'
import { Grade } from '../parts/Grade'
import table from '../parts/Table.module.css'
import { unitText, valueFormat } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'

/** Rows drawn at once; who looks for one among more, searches. */
const pageRows = 200

export function SeriesRows({ series }: { series: readonly Series[] }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const { language } = usePreferences()
  const times = { hour: useTimeFormat(), day: useStepTime('day') }
  const [most, setMost] = useState(pageRows)
  return (
    <div className={`${table.scroll} ${table.surface}`}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('forecast.measure')}</th>
            <th scope="col" className={table.spare}>
              {t('forecast.station')}
            </th>
            <th scope="col" className={table.figure}>
              {t('forecast.list.last')}
            </th>
            <th scope="col">{t('forecast.class')}</th>
            <th scope="col" className={table.spare}>
              {t('forecast.list.step')}
            </th>
            <th scope="col" className={table.spare}>
              {t('forecast.list.span')}
            </th>
            <th scope="col" className={`${table.figure} ${table.spare}`}>
              {t('forecast.quality.values')}
            </th>
          </tr>
        </thead>
        <tbody>
          {series.slice(0, most).map(one => (
            <tr key={one.id}>
              <th scope="row">
                <Link to="/forecast/series/$id" params={{ id: String(one.id) }} search={{}} className={table.link}>
                  {one.measure}
                </Link>
                <p className={table.instead}>{one.station}</p>
              </th>
              <td className={table.spare}>{one.station}</td>
              <td className={table.figure}>
                {`${valueFormat(localeOf(language), Math.abs(one.lastValue ?? 0))(one.lastValue)} ${unitText(one.unit)}`}
              </td>
              <td>{one.index ? <Grade word={one.index} /> : <span className={table.quiet}>–</span>}</td>
              <td className={table.spare}>{t(`forecast.step.${one.step}`)}</td>
              <td className={`${table.quiet} ${table.spare}`}>
                {one.firstAt && one.lastAt
                  ? `${times[one.step].day(Date.parse(one.firstAt))} – ${times[one.step].day(Date.parse(one.lastAt))}`
                  : '–'}
              </td>
              <td className={`${table.figure} ${table.spare}`}>{count(one.rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {series.length > most && (
        <Button variant="default" mt="md" onClick={() => setMost(most + pageRows)}>
          {t('forecast.more', { count: series.length - most })}
        </Button>
      )}
    </div>
  )
}
