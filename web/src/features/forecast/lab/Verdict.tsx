import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Card, Model } from '../data/shapes'
import { Because } from '../parts/Because'
import { Facts, Panel } from '../parts/Panel'
import { Warned } from '../parts/Warned'
import styles from './Lab.module.css'
import { useFigures } from './useFigures'

/** May it answer, and if not, why not: in a sentence with the baseline's name. */
export function Verdict({ card, model }: { card: Card; model: Model | undefined }) {
  const { t } = useTranslation()
  const { percent } = useNumberFormat()
  const { error, skill } = useFigures()
  const { gate, bestBaseline, skillOverBest, coverage } = card
  const own = card.served ?? card.scores.find(score => score.model === card.primary)?.all
  const base = card.scores.find(score => score.model === bestBaseline)?.all
  const promoted = model?.state === 'promoted'
  const title = promoted
    ? t('forecast.verdict.promoted', { count: model.promotedFor.length })
    : gate.passed
      ? t('forecast.verdict.passed')
      : skillOverBest.share <= 0
        ? t('forecast.verdict.worse', { baseline: bestBaseline, share: percent(-skillOverBest.share) })
        : t('forecast.verdict.refused')
  return (
    <Panel title={t('forecast.verdict.title')}>
      <Warned tone={gate.passed ? 'good' : 'bad'} title={title}>
        {gate.reasons.length > 0 && (
          <ul>
            {gate.reasons.map(reason => (
              <li key={reason.message}>
                <Because {...reason} />
              </li>
            ))}
          </ul>
        )}
      </Warned>
      <div className={styles.below}>
        <Facts
          facts={[
            { name: t('forecast.mae'), value: error(own?.mae), about: card.primary },
            { name: t('forecast.verdict.baseline'), value: error(base?.mae), about: bestBaseline },
            {
              name: t('forecast.verdict.skill'),
              value: skill(skillOverBest.share),
              about: t('forecast.verdict.skillRange', {
                lower: skill(skillOverBest.lower),
                upper: skill(skillOverBest.upper),
              }),
              tone: skillOverBest.lower > 0 ? 'good' : 'bad',
            },
            {
              name: t('forecast.coverage'),
              value: percent(coverage.all.coverage),
              about: t('forecast.of', { level: percent(coverage.level) }),
              tone: Math.abs(coverage.all.coverage - coverage.level) <= 0.02 ? 'good' : 'bad',
            },
            { name: t('forecast.rmse'), value: error(own?.rmse), about: t('forecast.verdict.rmse') },
            { name: t('forecast.mase'), value: error(own?.mase), about: t('forecast.verdict.mase') },
          ]}
        />
      </div>
    </Panel>
  )
}
