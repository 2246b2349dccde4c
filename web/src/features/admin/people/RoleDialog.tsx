import { Modal, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Role } from '~/api/types'
import { useSession } from '~/app/session'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import { PermissionChecks } from '~/ui/desk/PermissionChecks'
import { Codes } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { rolesQuery } from './people'

interface Props {
  /** Null makes a new one. */
  role: Role | null
  readOnly: boolean
  onClose: () => void
}

export function RoleDialog({ role, readOnly, onClose }: Props) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const save = useAct(
    (form: FormData) =>
      call(
        api.PUT('/api/admin/roles/{name}', {
          params: { path: { name: role?.name ?? String(form.get('name')).trim() } },
          body: { title: String(form.get('title')).trim(), permissions: form.getAll('permissions').map(String) },
        }),
      ),
    rolesQuery.queryKey,
  )
  if (readOnly && role) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={role.title || role.name}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        transitionProps={{ duration: 0 }}
      >
        <div className={dialogs.form}>
          <p>{t('admin.roles.builtInText')}</p>
          <Codes of={role.permissions} />
        </div>
      </Modal>
    )
  }
  return (
    <FormDialog
      title={role ? role.title || role.name : t('admin.roles.add')}
      submit={t('admin.save')}
      size={600}
      onClose={onClose}
      onSubmit={form => save.mutateAsync(form)}
    >
      {faultOf => (
        <>
          {!role && (
            <TextInput
              name="name"
              label={t('admin.roles.name')}
              description={t('admin.plans.nameHint')}
              pattern="[a-z0-9]+(-[a-z0-9]+)*"
              error={faultOf('name')}
              required
              data-autofocus
            />
          )}
          <TextInput
            name="title"
            label={t('admin.roles.title')}
            defaultValue={role?.title ?? ''}
            error={faultOf('title')}
            required
          />
          <PermissionChecks
            name="permissions"
            label={t('admin.roles.permissions')}
            offered={[...new Set([...permissions, ...(role?.permissions ?? [])])]}
            chosen={role?.permissions ?? []}
            fault={faultOf('permissions')}
          />
        </>
      )}
    </FormDialog>
  )
}
