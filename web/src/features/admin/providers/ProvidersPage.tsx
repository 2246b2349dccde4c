import { Button } from '@mantine/core'
import { IconDoorEnter, IconPencil, IconPlus, IconStethoscope, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Provider } from '~/api/types'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Sheet } from '~/ui/desk/Sheet'
import { Code, Tag } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import keys from '../keys/Keys.module.css'
import { ProviderDialog } from './ProviderDialog'
import { providersQuery } from './providers'
import { TestDialog } from './TestDialog'

export function ProvidersPage() {
  const { t } = useTranslation()
  const manages = useMay()('identity.manage')
  const providers = useQuery(providersQuery)
  const [edited, setEdited] = useState<Provider | 'new' | null>(null)
  const [tested, setTested] = useState<Provider | null>(null)
  const [dropped, setDropped] = useState<Provider | null>(null)
  const remove = useAct(
    (name: string) => call(api.DELETE('/api/admin/providers/{name}', { params: { path: { name } } })),
    providersQuery.queryKey,
  )
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.providers.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.providers')} about={t('admin.providers.about')} actions={add}>
      <Listing
        label={t('admin.pages.providers')}
        query={providers}
        rowKey={({ name }) => name}
        faded={({ enabled }) => !enabled}
        columns={[
          {
            head: t('admin.name'),
            width: 'minmax(0, 1.4fr)',
            cell: ({ title, issuer }) => (
              <>
                {title}
                <span className={keys.id}>{issuer}</span>
              </>
            ),
          },
          {
            head: t('admin.state'),
            width: '120px',
            cell: ({ enabled }) => (
              <Tag tone={enabled ? 'good' : 'calm'}>{t(enabled ? 'admin.providers.on' : 'admin.providers.off')}</Tag>
            ),
          },
          {
            head: t('admin.providers.groupRoles'),
            width: 'minmax(0, 1.4fr)',
            cell: ({ groupRoles, defaultRoles }) => (
              <>
                {groupRoles.map(({ group, role }) => (
                  <div key={`${group} ${role}`}>
                    {group} → <Code>{role}</Code>
                  </div>
                ))}
                {defaultRoles.length > 0 && t('admin.providers.everybody', { roles: defaultRoles.join(', ') })}
              </>
            ),
          },
          {
            head: t('admin.providers.domains'),
            cell: ({ emailDomains }) => emailDomains.join(', ') || t('admin.routes.all'),
          },
        ]}
        actions={
          manages
            ? provider => (
                <>
                  <IconButton
                    label={t('admin.providers.test')}
                    icon={IconStethoscope}
                    onClick={() => setTested(provider)}
                  />
                  <IconButton label={t('admin.edit')} icon={IconPencil} onClick={() => setEdited(provider)} />
                  <IconButton label={t('admin.remove')} icon={IconTrash} onClick={() => setDropped(provider)} />
                </>
              )
            : undefined
        }
        empty={
          <Notice
            icon={IconDoorEnter}
            title={t('admin.providers.none')}
            text={t('admin.providers.noneText')}
            actions={add}
          />
        }
      />
      {edited && (
        <ProviderDialog
          provider={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={edited === 'new' ? setTested : undefined}
        />
      )}
      {tested && <TestDialog provider={tested} onClose={() => setTested(null)} />}
      {dropped && (
        <AskDialog
          title={t('admin.providers.remove', { name: dropped.title })}
          text={t('admin.providers.removeText')}
          submit={t('admin.remove')}
          onClose={() => setDropped(null)}
          onSubmit={() => remove.mutateAsync(dropped.name)}
        />
      )}
    </Sheet>
  )
}
