import { IconKey, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { ApiKey } from '~/api/types'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Code, Codes, Tag, type Tone } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import styles from './Keys.module.css'
import { type KeyState, keysQuery, stateOf } from './keys'
import { RotateDialog } from './RotateDialog'

const tones: Record<KeyState, Tone> = { works: 'good', ends: 'caution', ended: 'calm', revoked: 'bad' }

interface Props {
  /** Offered where there is no key. */
  add: ReactNode
  onMade: (text: string) => void
}

export function KeyList({ add, onMade }: Props) {
  const { t } = useTranslation()
  const manages = useMay()('identity.manage')
  const keys = useQuery(keysQuery)
  const [rotated, setRotated] = useState<ApiKey | null>(null)
  const [revoked, setRevoked] = useState<ApiKey | null>(null)
  const revoke = useAct(
    (id: string) => call(api.DELETE('/api/admin/keys/{id}', { params: { path: { id } } })),
    keysQuery.queryKey,
  )
  const now = Date.now()
  const isOver = (key: ApiKey) => ['ended', 'revoked'].includes(stateOf(key, now))
  return (
    <>
      <Listing
        label={t('admin.keys.title')}
        query={keys}
        rowKey={({ id }) => id}
        faded={isOver}
        columns={[
          {
            head: t('admin.name'),
            width: 'minmax(0, 1.4fr)',
            cell: key => (
              <>
                {key.name}
                <span className={styles.id}>
                  {key.applicationName} · rk_{key.id}
                </span>
              </>
            ),
          },
          {
            head: t('admin.state'),
            width: '120px',
            cell: key => {
              const state = stateOf(key, now)
              return <Tag tone={tones[state]}>{t(`admin.keyState.${state}`)}</Tag>
            },
          },
          { head: t('admin.keys.may'), width: 'minmax(0, 1.4fr)', cell: key => <Codes of={key.permissions} /> },
          {
            head: t('admin.keys.plan'),
            cell: key => (key.plan ? <Code>{key.plan}</Code> : t('admin.plans.unlimited')),
          },
          { head: t('admin.keys.lastUsed'), cell: key => <Moment at={key.lastUsedAt} /> },
          { head: t('admin.keys.expires'), cell: key => <Moment at={key.revokedAt ?? key.expiresAt} /> },
        ]}
        actions={
          manages
            ? key =>
                isOver(key) ? null : (
                  <>
                    {!key.replacedBy && (
                      <IconButton label={t('admin.keys.rotate')} icon={IconRefresh} onClick={() => setRotated(key)} />
                    )}
                    <IconButton label={t('admin.keys.revoke')} icon={IconTrash} onClick={() => setRevoked(key)} />
                  </>
                )
            : undefined
        }
        empty={<Notice icon={IconKey} title={t('admin.keys.none')} text={t('admin.keys.noneText')} actions={add} />}
      />
      {rotated && <RotateDialog apiKey={rotated} onClose={() => setRotated(null)} onMade={onMade} />}
      {revoked && (
        <AskDialog
          title={t('admin.keys.revoke')}
          text={t('admin.keys.revokeText', { name: revoked.name })}
          submit={t('admin.keys.revoke')}
          onClose={() => setRevoked(null)}
          onSubmit={() => revoke.mutateAsync(revoked.id)}
        />
      )}
    </>
  )
}
