import { Button, Modal } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../CopyButton'
import styles from './Dialogs.module.css'

interface Props {
  title: string
  text: string
  /** Each with its name; nothing but this dialog ever holds it. */
  secrets: readonly { name: string; value: string }[]
  onClose: () => void
}

/** Shows what cannot be shown again. It does not close by a click beside it. */
export function OnceDialog({ title, text, secrets, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={title} size={560} closeOnClickOutside={false} withCloseButton={false}>
      <div className={styles.form}>
        <p>{text}</p>
        {secrets.map(({ name, value }) => (
          <div key={name}>
            <p className={styles.label}>{name}</p>
            <div className={styles.secret}>
              <code>{value}</code>
              <CopyButton label={t('common.copy')} icon={IconCopy} text={() => value} />
            </div>
          </div>
        ))}
        <div className={styles.foot}>
          <Button onClick={onClose} data-autofocus>
            {t('desk.kept')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
