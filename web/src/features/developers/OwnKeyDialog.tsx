import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { OwnKeys } from '~/api/types'
import { useSession } from '~/app/session'
import { ApplicationSelect } from '~/ui/desk/ApplicationSelect'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import { PermissionChecks } from '~/ui/desk/PermissionChecks'
import { useAct } from '~/ui/desk/useAct'
import { dayAhead } from '~/ui/time'
import { ownKeysQuery, usageQuery } from './portal'

interface Props {
  keys: OwnKeys
  onClose: () => void
  onMade: (text: string) => void
}

/** How long a key lasts unless its owner says otherwise. */
const usualDays = 90

export function OwnKeyDialog({ keys: { applications, lifeDaysMax }, onClose, onMade }: Props) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const [days] = useState(() => ({
    first: dayAhead(1),
    usual: dayAhead(Math.min(usualDays, lifeDaysMax - 1)),
    last: dayAhead(lifeDaysMax - 1),
  }))
  const create = useAct(
    (form: FormData) =>
      call(
        api.POST('/api/portal/keys', {
          body: {
            name: String(form.get('name')).trim(),
            applicationId: String(form.get('applicationId')),
            permissions: form.getAll('permissions').map(String),
            expiresAt: new Date(`${form.get('expiresAt')}T00:00:00`).toISOString(),
          },
        }),
      ),
    ownKeysQuery.queryKey,
    usageQuery.queryKey,
  )
  return (
    <FormDialog
      title={t('developers.addKey')}
      submit={t('developers.makeKey')}
      size={600}
      onClose={onClose}
      onSubmit={async form => onMade((await create.mutateAsync(form)).text)}
    >
      {faultOf => (
        <>
          <TextInput name="name" label={t('developers.name')} error={faultOf('name')} required data-autofocus />
          <div className={dialogs.pair}>
            <ApplicationSelect
              label={t('developers.application')}
              applications={applications}
              fault={faultOf('applicationId')}
            />
            <TextInput
              name="expiresAt"
              type="date"
              label={t('developers.ends')}
              defaultValue={days.usual}
              min={days.first}
              max={days.last}
              error={faultOf('expiresAt')}
              required
            />
          </div>
          <PermissionChecks
            name="permissions"
            label={t('developers.may')}
            offered={permissions}
            fault={faultOf('permissions')}
          />
        </>
      )}
    </FormDialog>
  )
}
