import { Button, TextInput } from '@mantine/core'
import { IconBuilding, IconPencil, IconPlus, IconPower } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Organization } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useMay, useSession } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { FormDialog } from '~/ui/desk/FormDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Sheet } from '~/ui/desk/Sheet'
import { Tag } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { organizationsQuery } from './people'

export function OrganizationsPage() {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const own = useSession().organization.id
  const manages = useMay()('platform.manage')
  const organizations = useQuery(organizationsQuery)
  const [edited, setEdited] = useState<Organization | 'new' | null>(null)
  const [switched, setSwitched] = useState<Organization | null>(null)
  const change = useAct(
    ({ id, ...body }: { id: string; name: string | null; disabled: boolean | null }) =>
      call(api.PATCH('/api/admin/organizations/{id}', { params: { path: { id } }, body })),
    organizationsQuery.queryKey,
  )
  const create = useAct(
    (name: string) => call(api.POST('/api/admin/organizations', { body: { name } })),
    organizationsQuery.queryKey,
  )
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.organizations.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.organizations')} about={t('admin.organizations.about')} actions={add}>
      <Listing
        label={t('admin.pages.organizations')}
        query={organizations}
        rowKey={({ id }) => id}
        faded={({ disabled }) => disabled}
        columns={[
          { head: t('admin.name'), width: 'minmax(0, 2fr)', cell: ({ name }) => name },
          {
            head: t('admin.state'),
            cell: ({ disabled }) => (
              <Tag tone={disabled ? 'caution' : 'good'}>{t(`admin.userState.${disabled ? 'disabled' : 'active'}`)}</Tag>
            ),
          },
          { head: t('admin.pages.users'), end: true, cell: ({ users }) => count(users) },
          { head: t('admin.applications.title'), end: true, cell: ({ applications }) => count(applications) },
          { head: t('admin.since'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
        ]}
        actions={
          manages
            ? organization => (
                <>
                  <IconButton label={t('admin.edit')} icon={IconPencil} onClick={() => setEdited(organization)} />
                  {organization.id !== own && (
                    <IconButton
                      label={t(organization.disabled ? 'admin.userAct.enable' : 'admin.userAct.disable')}
                      icon={IconPower}
                      onClick={() => setSwitched(organization)}
                    />
                  )}
                </>
              )
            : undefined
        }
        empty={<Notice icon={IconBuilding} title={t('admin.organizations.none')} actions={add} />}
      />
      {edited && (
        <FormDialog
          title={edited === 'new' ? t('admin.organizations.add') : edited.name}
          submit={t('admin.save')}
          onClose={() => setEdited(null)}
          onSubmit={form => {
            const name = String(form.get('name')).trim()
            return edited === 'new'
              ? create.mutateAsync(name)
              : change.mutateAsync({ id: edited.id, name, disabled: null })
          }}
        >
          {faultOf => (
            <TextInput
              name="name"
              label={t('admin.name')}
              defaultValue={edited === 'new' ? '' : edited.name}
              error={faultOf('name')}
              required
              data-autofocus
            />
          )}
        </FormDialog>
      )}
      {switched && (
        <AskDialog
          title={switched.name}
          text={t(switched.disabled ? 'admin.organizations.enableText' : 'admin.organizations.disableText')}
          submit={t(switched.disabled ? 'admin.userAct.enable' : 'admin.userAct.disable')}
          danger={!switched.disabled}
          onClose={() => setSwitched(null)}
          onSubmit={() => change.mutateAsync({ id: switched.id, name: null, disabled: !switched.disabled })}
        />
      )}
    </Sheet>
  )
}
