import { Button, Modal, Skeleton } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Provider } from '~/api/types'
import { CopyButton } from '~/ui/CopyButton'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { Fault } from '~/ui/desk/Fault'
import styles from './Providers.module.css'

/** Tries what can be tried without a person, and tells what has to be registered at the provider. */
export function TestDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation()
  const test = useQuery({
    queryKey: ['admin', 'provider-test', provider.name],
    queryFn: ({ signal }) =>
      call(api.POST('/api/admin/providers/{name}/test', { params: { path: { name: provider.name } }, signal })),
    // Each look is a new try.
    gcTime: 0,
    staleTime: 0,
  })
  const callback = location.origin + provider.callbackPath
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('admin.providers.testOf', { name: provider.title })}
      size={620}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      <div className={dialogs.form}>
        <div aria-live="polite" aria-busy={test.isFetching}>
          {test.isFetching ? (
            <Skeleton height={200} />
          ) : (
            <ol className={styles.steps}>
              {test.data?.steps.map(({ name, ok, detail }) => {
                const Sign = ok ? IconCircleCheck : IconCircleX
                return (
                  <li key={name} className={styles.step} data-ok={ok}>
                    <Sign size={20} aria-label={t(ok ? 'admin.providers.passed' : 'admin.providers.failed')} />
                    <strong>{t(`admin.providerStep.${name as 'keys'}`, { defaultValue: name })}</strong>
                    <span className={styles.detail}>{detail}</span>
                  </li>
                )
              })}
            </ol>
          )}
        </div>
        <Fault problem={test.error} />
        <div>
          <p className={dialogs.label}>{t('admin.providers.callback')}</p>
          <div className={dialogs.secret}>
            <code>{callback}</code>
            <CopyButton label={t('common.copy')} icon={IconCopy} text={() => callback} />
          </div>
        </div>
        <div className={dialogs.foot}>
          <Button variant="default" loading={test.isFetching} onClick={() => void test.refetch()}>
            {t('problem.retry')}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {t('common.close')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
