import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Trial } from '../data/shapes'
import { Panel } from '../parts/Panel'
import table from '../parts/Table.module.css'
import { useFigures } from './useFigures'
import { useWord } from './useWord'

/** What a grid of parameters came to, the best first. */
export function Trials({ trials }: { trials: readonly Trial[] }) {
  const { t } = useTranslation()
  const { percent } = useNumberFormat()
  const { error } = useFigures()
  const word = useWord()
  return (
    <Panel title={t('forecast.lab.trials')} about={t('forecast.lab.trialsAbout')}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              {(['algorithm', 'k', 'metric', 'weights', 'transform'] as const).map(field => (
                <th key={field} scope="col">
                  {t(`forecast.lab.field.${field}`)}
                </th>
              ))}
              <th scope="col" className={table.figure}>
                {t('forecast.mae')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.rmse')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.coverage')}
              </th>
            </tr>
          </thead>
          <tbody>
            {trials.map(({ parameters, mae, rmse, coverage }, at) => (
              <tr key={JSON.stringify(parameters)}>
                <td>{word(parameters.algorithm)}</td>
                <td>{parameters.k}</td>
                <td>{word(parameters.metric)}</td>
                <td>{word(parameters.weights)}</td>
                <td>{word(parameters.transform)}</td>
                <td className={`${table.figure} ${at === 0 ? table.best : ''}`}>{error(mae)}</td>
                <td className={table.figure}>{error(rmse)}</td>
                <td className={table.figure}>{percent(coverage)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
