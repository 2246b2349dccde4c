import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Account } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { FormDialog } from '~/ui/desk/FormDialog'
import { Section } from '~/ui/desk/Sheet'
import { Tag } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import styles from './Account.module.css'
import { AuthenticatorDialog } from './AuthenticatorDialog'
import { accountQuery } from './account'
import { RecoveryCodes } from './RecoveryCodes'

/** Each needs a code of the authenticator: an unlocked screen alone must not be able to do it. */
type Asked = 'off' | 'codes'

export function SecondFactor({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const [begins, setBegins] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const act = useAct(async (code: string) => {
    if (asked === 'off') await call(api.POST('/api/identity/account/totp/disable', { body: { code, password: null } }))
    else setCodes((await call(api.POST('/api/identity/account/recovery-codes', { body: { code } }))).recoveryCodes)
  }, accountQuery.queryKey)
  return (
    <Section
      title={t('account.second.title')}
      about={t('account.second.about')}
      actions={
        account.twoFactor ? (
          <>
            <Button variant="default" onClick={() => setAsked('codes')}>
              {t('account.second.newCodes')}
            </Button>
            <Button variant="default" onClick={() => setAsked('off')}>
              {t('account.second.off')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setBegins(true)}>{t('account.second.on')}</Button>
        )
      }
    >
      <div className={styles.card}>
        <Tag tone={account.twoFactor ? 'good' : 'caution'}>
          {t(account.twoFactor ? 'account.second.isOn' : 'account.second.isOff')}
        </Tag>
        {account.twoFactor &&
          t('account.second.left', { count: account.recoveryCodesLeft, shown: count(account.recoveryCodesLeft) })}
      </div>
      {begins && <AuthenticatorDialog onClose={() => setBegins(false)} onCodes={setCodes} />}
      {asked && (
        <FormDialog
          title={t(asked === 'off' ? 'account.second.off' : 'account.second.newCodes')}
          submit={t(asked === 'off' ? 'account.second.off' : 'account.second.newCodes')}
          danger={asked === 'off'}
          onClose={() => setAsked(null)}
          onSubmit={form => act.mutateAsync(String(form.get('code')).trim())}
        >
          {faultOf => (
            <TextInput
              name="code"
              label={t('account.second.code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              error={faultOf('code')}
              required
              data-autofocus
            />
          )}
        </FormDialog>
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  )
}
