import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import styles from './Desk.module.css'
import { refusalOf } from './refusal'

/** Why something was refused: in the reader's language where there are words for it, otherwise as the host, a vendor or a person said it. */
export function Refusal({ text }: { text: string }) {
  const { t } = useTranslation()
  const known = refusalOf(text)
  return known ? <span title={text}>{t(`clubDesk.refusal.${known.code}`, known.values)}</span> : <span>{text}</span>
}

/** Why an action of the desk did not work. */
export function Refused({ problem }: { problem: Error }) {
  const { t } = useTranslation()
  const code = problem instanceof Problem ? problem.code : ''
  return (
    <p className={styles.problem} role="alert">
      {refusalOf(code) ? (
        <Refusal text={code} />
      ) : problem instanceof Problem && problem.status === 0 ? (
        t('problem.unreachable.title')
      ) : (
        problem.message || t('problem.other.title')
      )}
    </p>
  )
}
