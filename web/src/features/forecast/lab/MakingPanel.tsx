import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import type { Card, Model, Parameters } from '../data/shapes'
import { Panel } from '../parts/Panel'
import styles from './Lab.module.css'
import { useParameterText } from './useParameterText'

interface Props {
  card: Card
  parameters: Parameters | undefined
  model: Model | undefined
}

/** How it was made, so that anybody can make it again. */
export function MakingPanel({ card, parameters, model }: Props) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const time = useTimeFormat()
  const textOf = useParameterText()
  const day = (iso: string) => time.day(Date.parse(iso))
  const lines: [string, string][] = [
    [t('forecast.making.trained'), `${day(card.trainedFrom)} – ${day(card.trainedUntil)}`],
    [
      t('forecast.making.tested'),
      t('forecast.making.testedFrom', { day: day(card.testedFrom), count: card.origins, origins: count(card.origins) }),
    ],
    [t('forecast.making.rows'), count(card.trainingRows)],
    ...(parameters ? textOf(parameters) : []),
    [t('forecast.making.search'), card.search],
    [t('forecast.making.features'), card.features.join(', ')],
    ...(model
      ? ([
          [t('forecast.making.series'), model.series.join(', ')],
          [t('forecast.making.hash'), model.hash],
        ] as [string, string][])
      : []),
    [t('forecast.making.data'), card.dataHash],
  ]
  return (
    <Panel title={t('forecast.making.title')} about={t('forecast.making.about')}>
      <dl className={styles.making}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
