import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import styles from './Shell.module.css'
import { statusQuery } from './status'

export type Standing = 'ready' | 'degraded' | 'starting' | 'unreachable' | 'unknown'

/** The platform's health at a glance: by shape as well as by colour. */
export function useStanding(): Standing {
  const { data, isError } = useQuery(statusQuery)
  return isError ? 'unreachable' : (data?.status ?? 'unknown')
}

export function StatusDot() {
  const { t } = useTranslation()
  const standing = useStanding()
  return (
    <>
      <span className={styles.dot} data-status={standing} aria-hidden="true" />
      <span className="visually-hidden">{t(`status.standing.${standing}`)}</span>
    </>
  )
}
