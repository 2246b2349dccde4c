import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import styles from './Because.module.css'
import { knownCode } from './because'

interface Props {
  code: string
  message: string
}

/** Why: the reason in the reader's language, then the host's own sentence, which knows the particulars and is English. */
export function Because({ code, message }: Props) {
  const { t } = useTranslation()
  const known = knownCode(code)
  if (!known) return message ? <span lang="en">{message}</span> : <span>{t('problem.other.title')}</span>
  return (
    <span title={code}>
      {t(`forecast.because.${known}`)}
      {message && (
        <span lang="en" className={styles.particulars}>
          {message}
        </span>
      )}
    </span>
  )
}

/** Why a call failed. */
export function BecauseOf({ error }: { error: Error }) {
  return error instanceof Problem ? (
    <Because code={error.code} message={error.status === 0 ? '' : error.message} />
  ) : (
    <Because code="" message={error.message} />
  )
}

/** The words for a code alone; a code that is newer than this page stays as it is. */
export function useReason() {
  const { t } = useTranslation()
  return (code: string) => {
    const known = knownCode(code)
    return known ? t(`forecast.because.${known}`) : code
  }
}
