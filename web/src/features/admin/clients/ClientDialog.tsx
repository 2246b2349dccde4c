import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useSession } from '~/app/session'
import { ApplicationSelect } from '~/ui/desk/ApplicationSelect'
import { FormDialog } from '~/ui/desk/FormDialog'
import { PermissionChecks } from '~/ui/desk/PermissionChecks'
import { useAct } from '~/ui/desk/useAct'
import { applicationsQuery } from '../people/people'
import { clientsQuery, type MadeClient } from './clients'

interface Props {
  onClose: () => void
  onMade: (made: MadeClient) => void
}

export function ClientDialog({ onClose, onMade }: Props) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const applications = useQuery(applicationsQuery)
  const create = useAct(
    (form: FormData) =>
      call(
        api.POST('/api/admin/clients', {
          body: {
            name: String(form.get('name')).trim(),
            applicationId: String(form.get('applicationId')),
            permissions: form.getAll('permissions').map(String),
          },
        }),
      ),
    clientsQuery.queryKey,
  )
  return (
    <FormDialog
      title={t('admin.clients.add')}
      submit={t('admin.clients.make')}
      size={600}
      onClose={onClose}
      onSubmit={async form => onMade(await create.mutateAsync(form))}
    >
      {faultOf => (
        <>
          <TextInput
            name="name"
            label={t('admin.name')}
            description={t('admin.keys.nameHint')}
            error={faultOf('name')}
            required
            data-autofocus
          />
          <ApplicationSelect
            label={t('admin.keys.application')}
            applications={applications.data ?? []}
            fault={faultOf('applicationId')}
          />
          <PermissionChecks
            name="permissions"
            label={t('admin.keys.may')}
            offered={permissions}
            fault={faultOf('permissions')}
          />
        </>
      )}
    </FormDialog>
  )
}
