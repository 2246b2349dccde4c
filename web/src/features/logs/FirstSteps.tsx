import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '~/ui/CopyButton'
import styles from './FirstSteps.module.css'

/** The first record, sent by hand to the very address this page came from. */
export function FirstSteps() {
  const { t } = useTranslation()
  const command = [
    `curl ${location.origin}/api/logs/records \\`,
    "  -H 'Authorization: Bearer <application key>' \\",
    "  -H 'Content-Type: application/json' \\",
    `  -d '[{"level":"info","service":"checkout","body":"Hello, Rialto"}]'`,
  ].join('\n')
  return (
    <div className={styles.steps}>
      <div className={styles.command}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached without a pointer. */}
        <pre tabIndex={0}>{command}</pre>
        <CopyButton label={t('common.copy')} icon={IconCopy} text={() => command} />
      </div>
      <p className={styles.note}>{t('empty.first.other')}</p>
    </div>
  )
}
