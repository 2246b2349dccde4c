import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { Button } from './Button'
import styles from './Failure.module.css'
import { useReason } from './reason'

/** What stands where a page could not come: what is the matter, and what to do. */
export function Failure({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const reason = useReason()
  const gone = problem instanceof Problem && problem.status === 404
  return (
    <div className={styles.failure} role="alert">
      <h1 className={styles.title}>{gone ? t('club.gone.title') : t('club.failed.title')}</h1>
      <p className={styles.text}>{reason(problem)}</p>
      {!gone && (
        <Button look="quiet" onClick={onRetry}>
          {t('problem.retry')}
        </Button>
      )}
    </div>
  )
}

/** A place with nothing in it yet. */
export function Nothing({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  return (
    <div className={styles.failure}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  )
}
