import { useTranslation } from 'react-i18next'
import type { Prediction } from '../data/shapes'
import { Because } from '../parts/Because'
import { useStepTime } from '../parts/useStepTime'
import { Warned } from '../parts/Warned'
import styles from './Series.module.css'

/** How far the forecast may be believed: before the picture, not in a footnote. */
export function Validity({
  prediction: { validatedHorizon, step, model, dataUntil, warnings },
  asked,
}: {
  prediction: Prediction
  asked: number
}) {
  const { t } = useTranslation()
  const time = useStepTime(step)
  const beyond = asked > validatedHorizon
  const until = t(step === 'day' ? 'forecast.series.validDays' : 'forecast.series.validHours', {
    count: validatedHorizon,
  })
  return (
    <div className={styles.validity}>
      <Warned tone={beyond || !model ? 'caution' : 'calm'} title={model ? until : t('forecast.series.noModel')}>
        <p>
          {beyond && `${t('forecast.series.beyond', { count: validatedHorizon })} `}
          {t('forecast.series.dataUntil', { time: `${time.long(Date.parse(dataUntil))} ${time.zoneName}`.trim() })}
        </p>
        {/* Those told above in the reader's own language are not said twice. */}
        {warnings
          .filter(({ code }) => !told.includes(code))
          .map(({ code, message }) => (
            <p key={code}>
              <Because code={code} message={message} />
            </p>
          ))}
      </Warned>
    </div>
  )
}

const told = ['no-model', 'beyond-validated-horizon', 'data-old']
