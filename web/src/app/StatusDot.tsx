import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import styles from './Shell.module.css'
import { statusQuery } from './status'

const standings = ['ready', 'degraded', 'starting', 'unreachable', 'unknown'] as const

export type Standing = (typeof standings)[number]

/** A standing this page has no words for is unknown. */
export const standingOf = (status: string | undefined): Standing =>
  standings.find(known => known === status) ?? 'unknown'

/** The platform's health at a glance: by shape as well as by colour. */
export function useStanding(): Standing {
  const { data, isError } = useQuery(statusQuery)
  return isError ? 'unreachable' : standingOf(data?.status)
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
