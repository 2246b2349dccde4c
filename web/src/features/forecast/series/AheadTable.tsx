import { useTranslation } from 'react-i18next'
import type { Prediction } from '../data/shapes'
import { Grade } from '../parts/Grade'
import { Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import { unitText } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'

interface Props {
  prediction: Prediction
  valueText: (value: number | null) => string
}

/** The forecast in figures, step by step. */
export function AheadTable({ prediction: { points, level, unit, step }, valueText }: Props) {
  const { t } = useTranslation()
  const time = useStepTime(step)
  const hasIndex = points.some(point => point.index !== null)
  return (
    <Panel
      title={t('forecast.ahead.title')}
      about={step === 'day' ? undefined : t('forecast.ahead.about', { zone: time.zoneName })}
    >
      <Scroll label={t('forecast.ahead.title')} tall>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.time')}</th>
              <th scope="col" className={table.figure}>
                {unitText(unit)}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.interval', { level: Math.round(level * 100) })}
              </th>
              {hasIndex && <th scope="col">{t('forecast.class')}</th>}
              <th scope="col">{t('forecast.answer.by')}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(point => (
              <tr key={point.step}>
                <th scope="row">{time.short(Date.parse(point.at))}</th>
                <td className={table.figure}>{valueText(point.value)}</td>
                <td className={table.figure}>
                  {point.lower === null ? '–' : `${valueText(point.lower)}–${valueText(point.upper)}`}
                </td>
                {hasIndex && (
                  <td>
                    <Grade word={point.index} />
                  </td>
                )}
                <td className={table.quiet}>
                  {point.kind === 'climatology' ? t('forecast.ahead.usual') : point.answeredBy}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}
