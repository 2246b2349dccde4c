import { IconDoor } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import styles from './Fallbacks.module.css'

/** For somebody who may sign in but has been given nothing to use yet. */
export function NoRoomPage() {
  const { t } = useTranslation()
  return (
    <div className={styles.page}>
      <Notice icon={IconDoor} title={t('noRoom.title')} text={t('noRoom.text')} />
    </div>
  )
}
