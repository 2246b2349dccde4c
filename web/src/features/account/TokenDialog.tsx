import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useSession } from '~/app/session'
import { FormDialog } from '~/ui/desk/FormDialog'
import { PermissionChecks } from '~/ui/desk/PermissionChecks'
import { useAct } from '~/ui/desk/useAct'
import { dayAhead } from '~/ui/time'
import { tokensQuery } from './account'

interface Props {
  onClose: () => void
  onMade: (secret: string) => void
}

export function TokenDialog({ onClose, onMade }: Props) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const [days] = useState(() => ({ first: dayAhead(1), usual: dayAhead(90), last: dayAhead(365) }))
  const create = useAct(
    (form: FormData) =>
      call(
        api.POST('/api/identity/tokens', {
          body: {
            name: String(form.get('name')).trim(),
            permissions: form.getAll('permissions').map(String),
            expiresAt: new Date(`${form.get('expiresAt')}T00:00:00`).toISOString(),
          },
        }),
      ),
    tokensQuery.queryKey,
  )
  return (
    <FormDialog
      title={t('account.tokens.add')}
      submit={t('account.tokens.make')}
      size={600}
      onClose={onClose}
      onSubmit={async form => onMade((await create.mutateAsync(form)).secret)}
    >
      {faultOf => (
        <>
          <TextInput
            name="name"
            label={t('account.tokens.name')}
            description={t('account.tokens.nameHint')}
            error={faultOf('name')}
            required
            data-autofocus
          />
          <TextInput
            name="expiresAt"
            type="date"
            label={t('account.tokens.ends')}
            defaultValue={days.usual}
            min={days.first}
            max={days.last}
            error={faultOf('expiresAt')}
            required
          />
          <PermissionChecks
            name="permissions"
            label={t('account.tokens.may')}
            offered={permissions}
            fault={faultOf('permissions')}
          />
        </>
      )}
    </FormDialog>
  )
}
