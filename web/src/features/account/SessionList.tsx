import { Button } from '@mantine/core'
import { IconDevices, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useLeave } from '~/app/useLeave'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Fault } from '~/ui/desk/Fault'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Section } from '~/ui/desk/Sheet'
import { Tag } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { sessionsQuery } from './account'
import { agentOf } from './agent'

export function SessionList() {
  const { t } = useTranslation()
  const sessions = useQuery(sessionsQuery)
  const leave = useLeave()
  const [all, setAll] = useState(false)
  const end = useAct(
    (id: string) => call(api.DELETE('/api/identity/sessions/{id}', { params: { path: { id } } })),
    sessionsQuery.queryKey,
  )
  return (
    <Section
      title={t('account.sessions.title')}
      about={t('account.sessions.about')}
      actions={
        <Button variant="default" onClick={() => setAll(true)}>
          {t('account.sessions.all')}
        </Button>
      }
    >
      <Fault problem={end.error} />
      <Listing
        label={t('account.sessions.title')}
        query={sessions}
        rowKey={({ id }) => id}
        columns={[
          {
            head: t('account.sessions.where'),
            width: 'minmax(0, 1.4fr)',
            cell: ({ agent, isCurrent }) => (
              <>
                <span title={agent ?? ''}>{agentOf(agent) ?? t('account.sessions.unknown')}</span>{' '}
                {isCurrent && <Tag tone="good">{t('account.sessions.current')}</Tag>}
              </>
            ),
          },
          { head: t('account.sessions.address'), cell: ({ address }) => address ?? '' },
          { head: t('account.sessions.since'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { head: t('account.sessions.seen'), cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} /> },
        ]}
        actions={({ id, isCurrent }) =>
          isCurrent ? null : (
            <IconButton label={t('account.sessions.end')} icon={IconX} onClick={() => end.mutate(id)} />
          )
        }
        empty={<Notice icon={IconDevices} title={t('account.sessions.none')} />}
      />
      {all && (
        <AskDialog
          title={t('account.sessions.all')}
          text={t('account.sessions.allText')}
          submit={t('account.sessions.all')}
          onClose={() => setAll(false)}
          onSubmit={async () => {
            await call(api.DELETE('/api/identity/sessions'))
            await leave()
          }}
        />
      )}
    </Section>
  )
}
