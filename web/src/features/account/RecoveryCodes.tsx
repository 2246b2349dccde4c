import { Button, Modal } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '~/ui/CopyButton'
import dialogs from '~/ui/desk/Dialogs.module.css'
import styles from './Account.module.css'

/** Shown this once: each lets its owner in a single time without the authenticator. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('account.second.codes')}
      size={520}
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <div className={dialogs.form}>
        <p>{t('account.second.codesText')}</p>
        <ul className={styles.codes}>
          {codes.map(code => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={dialogs.foot}>
          <CopyButton label={t('common.copy')} icon={IconCopy} text={() => codes.join('\n')} size={32} />
          <Button onClick={onClose} data-autofocus>
            {t('account.second.kept')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
