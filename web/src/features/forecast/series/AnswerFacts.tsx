import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Prediction } from '../data/shapes'
import { Facts, Panel } from '../parts/Panel'
import { unitText } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'

interface Props {
  prediction: Prediction
  valueText: (value: number | null) => string
}

/** Who answers, and how well that was found to work. */
export function AnswerFacts({ prediction: { model, measured, points, unit, level, step }, valueText }: Props) {
  const { t } = useTranslation()
  const { percent, count } = useNumberFormat()
  const time = useStepTime(step)
  const baselines = [...new Set(points.filter(point => point.kind === 'baseline').map(point => point.answeredBy))]
  const highest = points.reduce(
    (most, point) => (point.value > most.value ? point : most),
    points[0] ?? { value: 0, at: '' },
  )
  return (
    <Panel title={t('forecast.answer.title')}>
      <Facts
        facts={[
          {
            name: t('forecast.answer.by'),
            value: model ? (
              <Link to="/forecast/lab/models/$id" params={{ id: model.id }} search={{}}>
                {`${model.name} v${model.version}`}
              </Link>
            ) : (
              t('forecast.answer.baseline')
            ),
            about: model
              ? t('forecast.answer.trained', { by: model.primary, time: time.day(Date.parse(model.trainedUntil)) })
              : baselines.join(', '),
          },
          ...(model && baselines.length > 0
            ? [
                {
                  name: t('forecast.answer.partly'),
                  value: t(step === 'day' ? 'forecast.days' : 'forecast.hours', {
                    count: points.filter(point => point.kind === 'baseline').length,
                  }),
                  about: t('forecast.answer.partlyAbout', { by: baselines.join(', ') }),
                },
              ]
            : []),
          {
            name: t('forecast.answer.coverage', { level: Math.round((measured?.level ?? level) * 100) }),
            value: measured ? percent(measured.coverage) : '–',
            about: measured
              ? t('forecast.answer.coverageAbout', { count: measured.outcomes, outcomes: count(measured.outcomes) })
              : t('forecast.answer.noCoverage'),
            tone: !measured ? undefined : Math.abs(measured.coverage - measured.level) <= 0.02 ? 'good' : 'caution',
          },
          ...(measured && measured.high !== null
            ? [
                {
                  name: t('forecast.answer.high', { value: `${valueText(measured.exceedance)} ${unitText(unit)}` }),
                  value: percent(measured.high),
                  about: t('forecast.answer.highAbout'),
                },
              ]
            : []),
          {
            name: t('forecast.answer.highest'),
            value: `${valueText(highest.value)} ${unitText(unit)}`,
            about: highest.at ? time.short(Date.parse(highest.at)) : '',
          },
        ]}
      />
    </Panel>
  )
}
