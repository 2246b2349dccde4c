import { useTranslation } from 'react-i18next'
import type { JobState, ModelState } from '../data/shapes'
import styles from './State.module.css'

/** How work or a model stands: a word, and a sign of its own form. */
export function State({ state }: { state: JobState | ModelState }) {
  const { t } = useTranslation()
  return (
    <span className={styles.state} data-state={state}>
      <span className={styles.sign} aria-hidden="true" />
      {t(`forecast.state.${state}`)}
    </span>
  )
}
