import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import styles from './Dialogs.module.css'

/** What went wrong, where the reader just acted. */
export function Fault({ problem }: { problem: unknown }) {
  const { t } = useTranslation()
  if (!problem) return null
  return (
    <p role="alert" className={styles.fault}>
      {textOf(problem, t('problem.unreachable.title'), t('problem.other.title'))}
    </p>
  )
}

export function textOf(problem: unknown, unreachable: string, other: string): string {
  if (!(problem instanceof Problem)) return other
  return problem.status === 0 ? unreachable : problem.message || `${other} (${problem.code})`
}
