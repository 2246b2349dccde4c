import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import type { Model } from '../data/shapes'
import { State } from '../parts/State'
import table from '../parts/Table.module.css'
import { useFigures } from './useFigures'
import { useWord } from './useWord'

interface Props {
  models: readonly Model[]
  chosen: readonly string[]
  onToggle: (id: string) => void
}

/** Each model beside the baseline it has to beat. */
export function ModelRows({ models, chosen, onToggle }: Props) {
  const { t } = useTranslation()
  const { percent } = useNumberFormat()
  const { error } = useFigures()
  const time = useTimeFormat()
  const word = useWord()
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('forecast.lab.compare')}</th>
            <th scope="col">{t('forecast.model')}</th>
            <th scope="col" className={table.spare}>
              {t('forecast.stateTitle')}
            </th>
            <th scope="col" className={`${table.figure} ${table.spare}`}>
              {t('forecast.mae')}
            </th>
            <th scope="col" className={`${table.figure} ${table.spare}`}>
              {t('forecast.lab.bestBaseline')}
            </th>
            <th scope="col" className={table.figure}>
              {t('forecast.better')}
            </th>
            <th scope="col" className={`${table.figure} ${table.spare}`}>
              {t('forecast.coverage')}
            </th>
            <th scope="col" className={table.spare}>
              {t('forecast.horizon')}
            </th>
            <th scope="col" className={table.spare}>
              {t('forecast.lab.made')}
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map(model => {
            const { summary, parameters } = model
            const better = 1 - summary.mae / summary.baselineMae
            return (
              <tr key={model.id}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={t('forecast.lab.compareOne', { name: `${model.name} v${model.version}` })}
                    checked={chosen.includes(model.id)}
                    onChange={() => onToggle(model.id)}
                  />
                </td>
                <th scope="row">
                  <Link to="/forecast/lab/models/$id" params={{ id: model.id }} search={{}} className={table.link}>
                    {`${model.name} v${model.version}`}
                  </Link>
                  <div className={table.quiet}>
                    {`${word(parameters.algorithm)} · ${t('forecast.lab.seriesCount', { count: model.series.length })}`}
                  </div>
                  <div className={table.instead}>
                    <State state={model.state} />
                  </div>
                </th>
                <td className={table.spare}>
                  <State state={model.state} />
                </td>
                <td className={`${table.figure} ${table.spare}`}>{error(summary.mae)}</td>
                <td className={`${table.figure} ${table.spare}`}>
                  {error(summary.baselineMae)}
                  <div className={table.quiet}>{summary.bestBaseline}</div>
                </td>
                <td className={table.figure}>
                  <span className={better > 0 ? table.best : undefined}>{percent(better)}</span>
                </td>
                <td className={`${table.figure} ${table.spare}`}>
                  {percent(summary.coverage)}
                  <div className={table.quiet}>{t('forecast.of', { level: percent(parameters.level) })}</div>
                </td>
                <td className={table.spare}>
                  {t(model.step === 'day' ? 'forecast.days' : 'forecast.hours', { count: model.horizon })}
                </td>
                <td className={`${table.quiet} ${table.spare}`}>
                  {time.short(Date.parse(model.createdAt))}
                  <div>{model.actor}</div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
