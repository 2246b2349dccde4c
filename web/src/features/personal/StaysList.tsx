import { useTranslation } from 'react-i18next'
import type { Stays } from '~/api/types'
import { Moment } from '~/ui/desk/Moment'
import styles from './Personal.module.css'

/** What stays of somebody, why, and until when: in the reader's language where there are words for it, otherwise as the host said it. */
export function StaysList({ stays }: { stays: readonly Stays[] }) {
  const { t } = useTranslation()
  if (stays.length === 0) return null
  return (
    <ul className={styles.stays}>
      {stays.map(({ code, because, until, values }) => (
        <li key={`${code} ${because}`}>
          {t(`personal.stays.${code as 'records'}`, { ...values, defaultValue: because })}{' '}
          {until && (
            <span className={styles.until}>
              {t('personal.until')} <Moment at={until} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
