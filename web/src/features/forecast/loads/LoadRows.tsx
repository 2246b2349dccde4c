import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { isOpen } from '../data/calls'
import type { Load } from '../data/shapes'
import { Because } from '../parts/Because'
import { Progress } from '../parts/Progress'
import { State } from '../parts/State'
import table from '../parts/Table.module.css'

const figures = ['rows', 'added', 'corrected', 'unchanged', 'rejected'] as const

/** On a phone there is room for what came and what could not be read. */
const figureOf = (name: (typeof figures)[number]) =>
  name === 'corrected' || name === 'unchanged' ? `${table.figure} ${table.spare}` : table.figure

export function LoadRows({ loads }: { loads: readonly Load[] }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const time = useTimeFormat()
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('forecast.loads.name')}</th>
            <th scope="col">{t('forecast.stateTitle')}</th>
            {figures.map(name => (
              <th key={name} scope="col" className={figureOf(name)}>
                {t(`forecast.loads.count.${name}`)}
              </th>
            ))}
            <th scope="col" className={table.spare}>
              {t('forecast.started')}
            </th>
          </tr>
        </thead>
        <tbody>
          {loads.map(load => (
            <tr key={load.id}>
              <th scope="row" className={table.wide}>
                <Link to="/forecast/loads/$id" params={{ id: load.id }} search={{}} className={table.link}>
                  {load.name}
                </Link>
                <p className={table.instead}>{time.short(Date.parse(load.createdAt))}</p>
                {load.failure && (
                  <div className={table.quiet}>
                    <Because {...load.failure} />
                  </div>
                )}
              </th>
              <td>
                {isOpen(load) && load.progress > 0 ? (
                  <Progress label={t('forecast.progress')} share={load.progress} />
                ) : (
                  <State state={load.state} />
                )}
              </td>
              {figures.map(name => (
                <td key={name} className={figureOf(name)}>
                  {count(load[name])}
                </td>
              ))}
              <td className={`${table.quiet} ${table.spare}`}>
                {time.short(Date.parse(load.createdAt))}
                <div>{load.actor}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
