import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Neighbour, Prediction } from '../data/shapes'
import { Panel } from '../parts/Panel'
import { unitText } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'
import styles from './Series.module.css'

interface Props {
  prediction: Prediction
  valueText: (value: number | null) => string
  laid: Neighbour | null
  onLay: (neighbour: Neighbour) => void
}

/** Why the forecast is what it is: past situations like this one, and what came of them. */
export function Neighbours({ prediction: { explanation, unit, step }, valueText, laid, onLay }: Props) {
  const { t } = useTranslation()
  const { percent } = useNumberFormat()
  const time = useStepTime(step)
  const most = Math.max(...(explanation?.neighbours.map(({ weight }) => weight) ?? [1]), 1e-9)
  if (!explanation || explanation.neighbours.length === 0)
    return (
      <Panel title={t('forecast.like.title')}>
        <p className={styles.quiet}>{t('forecast.like.none')}</p>
      </Panel>
    )
  const at = Date.parse(explanation.at)
  return (
    <Panel title={t('forecast.like.title')} about={t('forecast.like.about', { time: time.short(at) })}>
      <ol className={styles.likes}>
        {explanation.neighbours.map(neighbour => {
          const { from, station, distance, weight, outcome } = neighbour
          return (
            <li key={`${station} ${from}`}>
              <button
                type="button"
                className={styles.like}
                aria-pressed={neighbour === laid}
                onClick={() => onLay(neighbour)}
              >
                <span className={styles.likeDay}>{time.long(Date.parse(from)).replace(/:\d\d$/, '')}</span>
                <span className={styles.likePlace}>{station}</span>
                <span className={styles.likeOutcome}>
                  {outcome === null ? '–' : `${valueText(outcome)} ${unitText(unit)}`}
                </span>
                <span className={styles.weight} aria-hidden="true">
                  <span style={{ width: `${(weight / most) * 100}%` }} />
                </span>
                <span className={styles.likeAbout}>
                  {t('forecast.like.weight', { share: percent(weight), distance: distance.toPrecision(3) })}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
