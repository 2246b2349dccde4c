import { Button } from '@mantine/core'
import { IconPlus, IconRefresh, IconRobot, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Client } from '~/api/types'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { Sheet } from '~/ui/desk/Sheet'
import { Codes, Tag } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import keys from '../keys/Keys.module.css'
import { ClientDialog } from './ClientDialog'
import { clientsQuery, type MadeClient } from './clients'

type Asked = { what: 'rotate' | 'revoke'; client: Client }

export function ClientsPage() {
  const { t } = useTranslation()
  const manages = useMay()('identity.manage')
  const clients = useQuery(clientsQuery)
  const [makes, setMakes] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [made, setMade] = useState<MadeClient | null>(null)
  const act = useAct(async ({ what, client: { id } }: Asked) => {
    const params = { params: { path: { id } } }
    if (what === 'rotate') setMade(await call(api.POST('/api/admin/clients/{id}/rotate', params)))
    else await call(api.DELETE('/api/admin/clients/{id}', params))
  }, clientsQuery.queryKey)
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMakes(true)}>
      {t('admin.clients.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.clients')} about={t('admin.clients.about')} actions={add}>
      <Listing
        label={t('admin.pages.clients')}
        query={clients}
        rowKey={({ id }) => id}
        faded={({ revokedAt }) => revokedAt !== null}
        columns={[
          {
            head: t('admin.name'),
            width: 'minmax(0, 1.4fr)',
            cell: ({ name, applicationName, id }) => (
              <>
                {name}
                <span className={keys.id}>
                  {applicationName} · {id}
                </span>
              </>
            ),
          },
          {
            head: t('admin.state'),
            width: '120px',
            cell: ({ revokedAt }) => (
              <Tag tone={revokedAt ? 'bad' : 'good'}>{t(`admin.keyState.${revokedAt ? 'revoked' : 'works'}`)}</Tag>
            ),
          },
          { head: t('admin.keys.may'), width: 'minmax(0, 1.4fr)', cell: client => <Codes of={client.permissions} /> },
          { head: t('admin.since'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { head: t('admin.keys.lastUsed'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
        ]}
        actions={
          manages
            ? client =>
                client.revokedAt ? null : (
                  <>
                    <IconButton
                      label={t('admin.clients.rotate')}
                      icon={IconRefresh}
                      onClick={() => setAsked({ what: 'rotate', client })}
                    />
                    <IconButton
                      label={t('admin.keys.revoke')}
                      icon={IconTrash}
                      onClick={() => setAsked({ what: 'revoke', client })}
                    />
                  </>
                )
            : undefined
        }
        empty={
          <Notice icon={IconRobot} title={t('admin.clients.none')} text={t('admin.clients.noneText')} actions={add} />
        }
      />
      {makes && <ClientDialog onClose={() => setMakes(false)} onMade={setMade} />}
      {asked && (
        <AskDialog
          title={t(asked.what === 'rotate' ? 'admin.clients.rotate' : 'admin.keys.revoke')}
          text={t(`admin.clients.${asked.what}Text`, { name: asked.client.name })}
          submit={t(asked.what === 'rotate' ? 'admin.clients.rotate' : 'admin.keys.revoke')}
          onClose={() => setAsked(null)}
          onSubmit={() => act.mutateAsync(asked)}
        />
      )}
      {made && (
        <OnceDialog
          title={t('admin.clients.made')}
          text={t('admin.clients.madeText')}
          secrets={[
            { name: t('admin.clients.id'), value: made.id },
            { name: t('admin.clients.secret'), value: made.secret },
          ]}
          onClose={() => setMade(null)}
        />
      )}
    </Sheet>
  )
}
