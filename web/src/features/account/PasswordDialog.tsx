import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { FormDialog } from '~/ui/desk/FormDialog'
import { useAct } from '~/ui/desk/useAct'
import { accountQuery } from './account'

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const change = useAct(
    (form: FormData) =>
      call(
        api.POST('/api/identity/account/password', {
          body: { current: String(form.get('current')), next: String(form.get('next')) },
        }),
      ),
    accountQuery.queryKey,
  )
  return (
    <FormDialog
      title={t('account.password.change')}
      submit={t('account.password.change')}
      onClose={onClose}
      onSubmit={form => change.mutateAsync(form)}
    >
      {faultOf => (
        <>
          <PasswordInput
            name="current"
            label={t('account.password.current')}
            autoComplete="current-password"
            error={faultOf('current')}
            required
            data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': t('account.password.show') }}
          />
          <PasswordInput
            name="next"
            label={t('account.password.next')}
            description={t('account.password.hint')}
            autoComplete="new-password"
            error={faultOf('next') ?? faultOf('password')}
            required
            visibilityToggleButtonProps={{ 'aria-label': t('account.password.show') }}
          />
        </>
      )}
    </FormDialog>
  )
}
