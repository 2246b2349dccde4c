import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Model } from '../data/shapes'
import { Panel } from '../parts/Panel'
import table from '../parts/Table.module.css'
import { useStepTime } from '../parts/useStepTime'
import styles from './Lab.module.css'
import { useFigures } from './useFigures'

/** What the watch found: how the model fares on what was measured after its training. */
export default function DriftPanel({ model }: { model: Model }) {
  const { t } = useTranslation()
  const { count, percent } = useNumberFormat()
  const { error } = useFigures()
  const time = useStepTime(model.step)
  return (
    <Panel title={t('forecast.drift.title')} about={t('forecast.drift.about')}>
      {model.drift.length === 0 ? (
        <p className={styles.quiet}>{t('forecast.drift.none')}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('forecast.page.series')}</th>
                <th scope="col">{t('forecast.stateTitle')}</th>
                <th scope="col" className={table.figure}>
                  {t('forecast.mae')}
                </th>
                <th scope="col" className={table.figure}>
                  {t('forecast.lab.bestBaseline')}
                </th>
                <th scope="col" className={table.figure}>
                  {t('forecast.coverage')}
                </th>
                <th scope="col">{t('forecast.drift.span')}</th>
              </tr>
            </thead>
            <tbody>
              {model.drift.map(drift => (
                <tr key={drift.series}>
                  <th scope="row">{drift.series}</th>
                  <td>{t(`forecast.drift.state.${drift.state as 'steady' | 'watched' | 'drifted'}`)}</td>
                  <td className={table.figure}>{error(drift.mae)}</td>
                  <td className={table.figure}>
                    {error(drift.baselineMae)}
                    <div className={table.quiet}>{drift.baseline}</div>
                  </td>
                  <td className={table.figure}>
                    {percent(drift.coverage)}
                    <div className={table.quiet}>{t('forecast.of', { level: percent(drift.level) })}</div>
                  </td>
                  <td className={table.quiet}>
                    {`${time.day(Date.parse(drift.since))} – ${time.day(Date.parse(drift.until))}`}
                    <div>
                      {t('forecast.drift.outcomes', { count: drift.outcomes, outcomes: count(drift.outcomes) })}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
