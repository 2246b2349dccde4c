import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useMay, useSession } from '~/app/session'
import { ApplicationSelect } from '~/ui/desk/ApplicationSelect'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import { PermissionChecks } from '~/ui/desk/PermissionChecks'
import { useAct } from '~/ui/desk/useAct'
import { plansQuery } from '../gateway/plans'
import { keysQuery } from './keys'

interface Props {
  applications: readonly { id: string; name: string }[]
  onClose: () => void
  onMade: (text: string) => void
}

export function KeyDialog({ applications, onClose, onMade }: Props) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const plans = useQuery({ ...plansQuery, enabled: useMay()('platform.read') })
  const create = useAct((form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? '')
    return call(
      api.POST('/api/admin/keys', {
        body: {
          applicationId: text('applicationId'),
          name: text('name').trim(),
          permissions: form.getAll('permissions').map(String),
          expiresAt: text('expiresAt') ? new Date(`${text('expiresAt')}T23:59:59`).toISOString() : null,
          plan: text('plan') || null,
        },
      }),
    )
  }, keysQuery.queryKey)
  return (
    <FormDialog
      title={t('admin.keys.add')}
      submit={t('admin.keys.make')}
      size={600}
      onClose={onClose}
      onSubmit={async form => onMade((await create.mutateAsync(form)).text)}
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
          <div className={dialogs.pair}>
            <ApplicationSelect
              label={t('admin.keys.application')}
              applications={applications}
              fault={faultOf('applicationId')}
            />
            <Select
              name="plan"
              label={t('admin.keys.plan')}
              placeholder={t('admin.plans.unlimited')}
              data={(plans.data ?? []).map(({ name = '' }) => name)}
              clearable
              error={faultOf('plan')}
            />
            <TextInput
              name="expiresAt"
              type="date"
              label={t('admin.keys.expires')}
              description={t('admin.keys.expiresHint')}
              error={faultOf('expiresAt')}
            />
          </div>
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
