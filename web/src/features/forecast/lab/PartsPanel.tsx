import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Card } from '../data/shapes'
import { Panel } from '../parts/Panel'
import table from '../parts/Table.module.css'
import { useFigures } from './useFigures'

/** Who answers which part of the horizon: a baseline where the model is not better. */
export function PartsPanel({ card }: { card: Card }) {
  const { t } = useTranslation()
  const { percent } = useNumberFormat()
  const { skill } = useFigures()
  const weightsAt = (step: number) => card.weights.find(one => step >= one.from && step <= one.to)?.weights ?? {}
  return (
    <Panel title={t('forecast.parts.title')} about={t('forecast.parts.about')}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.parts.steps')}</th>
              <th scope="col">{t('forecast.lab.bestBaseline')}</th>
              <th scope="col" className={table.figure}>
                {t('forecast.verdict.skill')}
              </th>
              <th scope="col">{t('forecast.answer.by')}</th>
              <th scope="col" className={table.wide}>
                {t('forecast.parts.mix')}
              </th>
            </tr>
          </thead>
          <tbody>
            {card.parts.map(part => (
              <tr key={part.from}>
                <th scope="row">{part.from === part.to ? `+${part.from}` : `+${part.from} – +${part.to}`}</th>
                <td>{part.baseline}</td>
                <td className={table.figure}>
                  {skill(part.skill.share)}
                  <div className={table.quiet}>{`${skill(part.skill.lower)} – ${skill(part.skill.upper)}`}</div>
                </td>
                <td className={part.answeredBy === part.baseline ? undefined : table.best}>{part.answeredBy}</td>
                <td className={table.quiet}>
                  {Object.entries(weightsAt(part.from))
                    .filter(([, weight]) => weight >= 0.005)
                    .sort((one, other) => other[1] - one[1])
                    .map(([name, weight]) => `${name} ${percent(weight)}`)
                    .join(' · ') || '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
