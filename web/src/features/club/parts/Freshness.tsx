import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import styles from './Freshness.module.css'

interface Props {
  what: 'seats' | 'points'
  state: string
  asOf: string | null
}

const states = ['fresh', 'stale', 'missing'] as const

/** Says plainly how old a vendor's part of the page is: by words first, by shape and colour besides. */
export function Freshness({ what, state, asOf }: Props) {
  const { t } = useTranslation()
  const { moment } = useClubFormat()
  const known = asOf === null ? 'missing' : (states.find(one => one === state) ?? 'stale')
  return (
    <p className={styles.freshness} data-state={known}>
      <span className={styles.sign} aria-hidden="true" />
      {t(`club.${what}.${known}`, { at: asOf === null ? '' : moment(asOf) })}
    </p>
  )
}
