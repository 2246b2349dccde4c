import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { sessionQuery } from '~/app/session'
import { Notice } from './Notice'

interface Props {
  problem: unknown
  onRetry?: () => void
}

/** Explains any failed call. What may pass by itself says so and offers the state of the platform. */
export function ProblemNotice({ problem, onRetry }: Props) {
  const { t } = useTranslation()
  const known = problem instanceof Problem ? problem : null
  const session = useQueryClient().getQueryData(sessionQuery.queryKey)
  const retry = onRetry && (
    <Button variant="default" onClick={onRetry}>
      {t('problem.retry')}
    </Button>
  )
  if (known?.status === 403) {
    return <Notice icon={IconLock} title={t('problem.forbidden.title')} text={t('problem.forbidden.text')} />
  }
  if (known?.status === 0) {
    return (
      <Notice
        icon={IconCloudOff}
        tone="caution"
        title={t('problem.unreachable.title')}
        text={t('problem.unreachable.text')}
        actions={retry}
      />
    )
  }
  if (known?.isPassing) {
    return (
      <Notice
        icon={IconPlugConnectedX}
        tone="caution"
        title={t('problem.engine.title')}
        text={known.message || t('problem.engine.text')}
        actions={
          <>
            {retry}
            {session?.permissions.includes('platform.read') && (
              <Button variant="default" renderRoot={props => <Link to="/status" {...props} />}>
                {t('problem.engine.status')}
              </Button>
            )}
          </>
        }
      />
    )
  }
  if (known?.status === 422) {
    return <Notice icon={IconAlertTriangle} tone="caution" title={t('problem.tooMuch')} text={known.message} />
  }
  return (
    <Notice
      icon={IconAlertTriangle}
      tone="bad"
      title={t('problem.other.title')}
      text={known?.message || t('problem.other.text', { code: known?.code ?? 'internal' })}
      actions={retry}
    />
  )
}
