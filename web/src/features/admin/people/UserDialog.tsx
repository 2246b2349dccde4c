import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { User } from '~/api/types'
import { FormDialog } from '~/ui/desk/FormDialog'
import { useAct } from '~/ui/desk/useAct'
import { usersKey } from './people'
import { RoleChecks } from './RoleChecks'

export function UserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation()
  const save = useAct(
    (form: FormData) =>
      call(
        api.PATCH('/api/admin/users/{id}', {
          params: { path: { id: user.id } },
          body: { name: String(form.get('name')).trim(), roles: form.getAll('roles').map(String), disabled: null },
        }),
      ),
    usersKey,
  )
  return (
    <FormDialog
      title={user.email}
      submit={t('admin.save')}
      size={560}
      onClose={onClose}
      onSubmit={form => save.mutateAsync(form)}
    >
      {faultOf => (
        <>
          <TextInput
            name="name"
            label={t('admin.name')}
            defaultValue={user.name}
            error={faultOf('name')}
            required
            data-autofocus
          />
          <RoleChecks chosen={user.roles} fault={faultOf('roles')} />
        </>
      )}
    </FormDialog>
  )
}
