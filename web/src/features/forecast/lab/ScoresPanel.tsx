import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart, ChartKey } from '../chart/Chart'
import { type Picture, stepsBetween, strokeOf } from '../chart/picture'
import type { Card } from '../data/shapes'
import { Panel } from '../parts/Panel'
import table from '../parts/Table.module.css'
import styles from './Lab.module.css'
import { useFigures } from './useFigures'

/** The model among everything it was compared with, over all and by step ahead. */
export function ScoresPanel({ card }: { card: Card }) {
  const { t } = useTranslation()
  const { error } = useFigures()
  const ranked = useMemo(() => [...card.scores].sort((one, other) => one.all.mae - other.all.mae), [card])
  const drawn = useMemo(() => {
    const names = [card.primary, card.bestBaseline, ...ranked.map(score => score.model)]
    return [...new Set(names)].slice(0, 4).flatMap(name => ranked.filter(score => score.model === name))
  }, [card, ranked])
  const picture = useMemo<Picture>(() => {
    const horizon = drawn[0]?.steps.at(-1)?.step ?? 1
    return {
      from: 1,
      to: Math.max(2, horizon),
      fromZero: true,
      lines: drawn.map(({ model, steps }, at) => ({
        ...strokeOf(at),
        name: model,
        width: at === 0 ? 2.5 : 1.75,
        points: steps.map(({ step, mae }) => [step, mae] as const),
      })),
      ticks: stepsBetween(horizon).map(step => ({ at: step, text: `+${step}` })),
    }
  }, [drawn])
  return (
    <Panel title={t('forecast.scores.title')} about={t('forecast.scores.about')}>
      <Chart label={t('forecast.scores.picture')} picture={picture} valueText={error} />
      <ChartKey
        items={drawn.map(({ model }, at) => ({ name: model, colour: strokeOf(at).colour, kind: strokeOf(at).style }))}
      />
      <div className={`${table.scroll} ${styles.below}`}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.scores.model')}</th>
              <th scope="col" className={table.figure}>
                {t('forecast.mae')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.rmse')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.mase')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.scores.bias')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ranked.map(({ model, all }, at) => (
              <tr key={model}>
                <th scope="row">
                  {model}
                  {model === card.primary && <span className={styles.mark}>{t('forecast.scores.own')}</span>}
                </th>
                <td className={`${table.figure} ${at === 0 ? table.best : ''}`}>{error(all.mae)}</td>
                <td className={table.figure}>{error(all.rmse)}</td>
                <td className={table.figure}>{error(all.mase)}</td>
                <td className={table.figure}>{error(all.bias)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
