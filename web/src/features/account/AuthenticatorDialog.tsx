import { Loader, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { Fault } from '~/ui/desk/Fault'
import { FormDialog } from '~/ui/desk/FormDialog'
import { Code } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import styles from './Account.module.css'
import { accountQuery } from './account'
import { QrCode } from './QrCode'

interface Props {
  onClose: () => void
  onCodes: (codes: readonly string[]) => void
}

/** The authenticator reads the code from the screen and proves it by a number. */
export function AuthenticatorDialog({ onClose, onCodes }: Props) {
  const { t } = useTranslation()
  const begun = useQuery({
    queryKey: ['account', 'authenticator'],
    queryFn: () => call(api.POST('/api/identity/account/totp/begin')),
    // A secret of an earlier try is no longer the one that is waited for, and none is to be kept.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const confirm = useAct(async (code: string) => {
    const { recoveryCodes } = await call(api.POST('/api/identity/account/totp/confirm', { body: { code } }))
    onCodes(recoveryCodes)
  }, accountQuery.queryKey)
  return (
    <FormDialog
      title={t('account.second.on')}
      submit={t('account.second.confirm')}
      size={560}
      onClose={onClose}
      onSubmit={form => confirm.mutateAsync(String(form.get('code')).replace(/\s/g, ''))}
    >
      {faultOf => (
        <div className={styles.steps}>
          {begun.data ? <QrCode text={begun.data.uri} label={t('account.second.qr')} /> : <Loader />}
          <div>
            <p>{t('account.second.scan')}</p>
            {begun.data && (
              <p>
                {t('account.second.byHand')} <Code>{begun.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</Code>
              </p>
            )}
            <Fault problem={begun.error} />
            <TextInput
              name="code"
              label={t('account.second.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              error={faultOf('code')}
              mt="sm"
              required
              data-autofocus
            />
          </div>
        </div>
      )}
    </FormDialog>
  )
}
