import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import styles from './Fallbacks.module.css'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <div className={styles.page}>
      <Notice
        icon={IconCompass}
        title={t('notFound.title')}
        text={t('notFound.text')}
        actions={
          <Button variant="default" renderRoot={props => <Link to="/" {...props} />}>
            {t('notFound.home')}
          </Button>
        }
      />
    </div>
  )
}

/** What a page that broke leaves behind; the rest of the application goes on. */
export function ErrorPage({ error }: { error: unknown }) {
  const router = useRouter()
  return (
    <div className={styles.page}>
      <ProblemNotice problem={error} onRetry={() => void router.invalidate()} />
    </div>
  )
}
