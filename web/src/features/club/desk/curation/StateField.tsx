import { useTranslation } from 'react-i18next'
import styles from './Curation.module.css'
import { publishing } from './published'

/** Whether members see it. */
export function StateField({ state, onChange }: { state: string; onChange: (state: string) => void }) {
  const { t } = useTranslation()
  return (
    <label className={styles.select}>
      {t('clubDesk.state')}
      <select value={state} onChange={event => onChange(event.currentTarget.value)}>
        {publishing.map(one => (
          <option key={one} value={one}>
            {t(`clubDesk.programme.${one}`)}
          </option>
        ))}
      </select>
    </label>
  )
}
