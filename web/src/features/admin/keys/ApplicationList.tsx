import { NumberInput, TextInput } from '@mantine/core'
import { IconApps, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Application } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { FormDialog } from '~/ui/desk/FormDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { applicationsQuery } from '../people/people'

export function ApplicationList({ add }: { add: ReactNode }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const manages = useMay()('identity.manage')
  const applications = useQuery(applicationsQuery)
  const [edited, setEdited] = useState<Application | null>(null)
  const [dropped, setDropped] = useState<Application | null>(null)
  const remove = useAct(
    (id: string) => call(api.DELETE('/api/admin/applications/{id}', { params: { path: { id } } })),
    applicationsQuery.queryKey,
  )
  return (
    <>
      <Listing
        label={t('admin.applications.title')}
        query={applications}
        rowKey={({ id }) => id}
        columns={[
          { head: t('admin.name'), width: 'minmax(0, 2fr)', cell: ({ name }) => name },
          {
            head: t('admin.applications.retention'),
            end: true,
            cell: ({ retentionDays }) =>
              retentionDays
                ? t('admin.applications.days', { count: retentionDays, shown: count(retentionDays) })
                : t('admin.applications.default'),
          },
          { head: t('admin.keys.title'), end: true, cell: row => count(row.keys) },
          { head: t('admin.since'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
        ]}
        actions={
          manages
            ? application => (
                <>
                  <IconButton label={t('admin.edit')} icon={IconPencil} onClick={() => setEdited(application)} />
                  <IconButton
                    label={t('admin.remove')}
                    icon={IconTrash}
                    disabled={application.keys > 0}
                    onClick={() => setDropped(application)}
                  />
                </>
              )
            : undefined
        }
        empty={<Notice icon={IconApps} title={t('admin.applications.none')} actions={add} />}
      />
      {edited && <ApplicationDialog application={edited} onClose={() => setEdited(null)} />}
      {dropped && (
        <AskDialog
          title={t('admin.remove')}
          text={t('admin.applications.removeText', { name: dropped.name })}
          submit={t('admin.remove')}
          onClose={() => setDropped(null)}
          onSubmit={() => remove.mutateAsync(dropped.id)}
        />
      )}
    </>
  )
}

interface DialogProps {
  /** Null makes a new one. */
  application: Application | null
  onClose: () => void
}

export function ApplicationDialog({ application, onClose }: DialogProps) {
  const { t } = useTranslation()
  const save = useAct(async (form: FormData) => {
    const name = String(form.get('name')).trim()
    if (!application) return call(api.POST('/api/admin/applications', { body: { name, organizationId: null } }))
    const params = { path: { id: application.id } }
    const body = { name, retentionDays: Number(form.get('retentionDays')) }
    return call(api.PATCH('/api/admin/applications/{id}', { params, body }))
  }, applicationsQuery.queryKey)
  return (
    <FormDialog
      title={application?.name ?? t('admin.applications.add')}
      submit={t('admin.save')}
      onClose={onClose}
      onSubmit={form => save.mutateAsync(form)}
    >
      {faultOf => (
        <>
          <TextInput
            name="name"
            label={t('admin.name')}
            defaultValue={application?.name ?? ''}
            error={faultOf('name')}
            required
            data-autofocus
          />
          {application && (
            <NumberInput
              name="retentionDays"
              label={t('admin.applications.retention')}
              description={t('admin.applications.retentionHint')}
              defaultValue={application.retentionDays ?? 0}
              error={faultOf('retentionDays')}
              min={0}
              required
            />
          )}
        </>
      )}
    </FormDialog>
  )
}
