import { Button } from '@mantine/core'
import { IconEye, IconPencil, IconPlus, IconShieldHalf, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Role } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import keys from '../keys/Keys.module.css'
import { rolesQuery } from './people'
import { RoleDialog } from './RoleDialog'
import { RoleMatrix } from './RoleMatrix'

export function RolesPage() {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const manages = useMay()('identity.manage')
  const roles = useQuery(rolesQuery)
  const [edited, setEdited] = useState<Role | 'new' | null>(null)
  const [dropped, setDropped] = useState<Role | null>(null)
  const remove = useAct(
    (name: string) => call(api.DELETE('/api/admin/roles/{name}', { params: { path: { name } } })),
    rolesQuery.queryKey,
  )
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.roles.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.roles')} about={t('admin.roles.about')} actions={add}>
      <Listing
        label={t('admin.pages.roles')}
        query={roles}
        rowKey={({ name }) => name}
        columns={[
          {
            head: t('admin.name'),
            width: 'minmax(0, 1.5fr)',
            cell: role => (
              <>
                {role.title || role.name}
                <span className={keys.id}>{role.name}</span>
              </>
            ),
          },
          { head: t('admin.roles.kind'), cell: role => t(role.builtIn ? 'admin.roles.builtIn' : 'admin.roles.own') },
          { head: t('admin.roles.permissions'), end: true, cell: role => count(role.permissions.length) },
          { head: t('admin.pages.users'), end: true, cell: role => count(role.users) },
        ]}
        actions={role => (
          <>
            <IconButton
              label={t(manages && !role.builtIn ? 'admin.edit' : 'admin.show')}
              icon={manages && !role.builtIn ? IconPencil : IconEye}
              onClick={() => setEdited(role)}
            />
            {manages && !role.builtIn && (
              <IconButton
                label={t('admin.remove')}
                icon={IconTrash}
                disabled={role.users > 0}
                onClick={() => setDropped(role)}
              />
            )}
          </>
        )}
        empty={<Notice icon={IconShieldHalf} title={t('admin.roles.none')} />}
      />
      {roles.data && (
        <Section title={t('admin.roles.matrix')} about={t('admin.roles.matrixAbout')}>
          <RoleMatrix roles={roles.data} />
        </Section>
      )}
      {edited && (
        <RoleDialog
          role={edited === 'new' ? null : edited}
          readOnly={!manages || (edited !== 'new' && edited.builtIn)}
          onClose={() => setEdited(null)}
        />
      )}
      {dropped && (
        <AskDialog
          title={t('admin.remove')}
          text={t('admin.roles.removeText', { name: dropped.title || dropped.name })}
          submit={t('admin.remove')}
          onClose={() => setDropped(null)}
          onSubmit={() => remove.mutateAsync(dropped.name)}
        />
      )}
    </Sheet>
  )
}
