import { Button } from '@mantine/core'
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { OwnToken } from '~/api/types'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { Section } from '~/ui/desk/Sheet'
import { Codes, Tag } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { tokensQuery } from './account'

const TokenDialog = lazy(async () => ({ default: (await import('./TokenDialog')).TokenDialog }))

/** Tokens for one's own scripts, and the apps one has signed in with. */
export function TokenList() {
  const { t } = useTranslation()
  const tokens = useQuery(tokensQuery)
  const [makes, setMakes] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [ended, setEnded] = useState<OwnToken | null>(null)
  const end = useAct(
    (id: string) => call(api.DELETE('/api/identity/tokens/{id}', { params: { path: { id } } })),
    tokensQuery.queryKey,
  )
  const add = (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMakes(true)}>
      {t('account.tokens.add')}
    </Button>
  )
  return (
    <Section title={t('account.tokens.title')} about={t('account.tokens.about')} actions={add}>
      <Listing
        label={t('account.tokens.title')}
        query={tokens}
        rowKey={({ id }) => id}
        columns={[
          {
            head: t('account.tokens.name'),
            cell: ({ name, kind }) => (
              <>
                {name} {kind === 'app' && <Tag tone="calm">{t('account.tokens.app')}</Tag>}
              </>
            ),
          },
          {
            head: t('account.tokens.may'),
            width: 'minmax(0, 1.6fr)',
            cell: ({ permissions }) => <Codes of={permissions} />,
          },
          { head: t('account.tokens.used'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
          { head: t('account.tokens.ends'), cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
        ]}
        actions={token => (
          <IconButton label={t('account.tokens.end')} icon={IconTrash} onClick={() => setEnded(token)} />
        )}
        empty={<Notice icon={IconKey} title={t('account.tokens.none')} text={t('account.tokens.noneText')} />}
      />
      {makes && (
        <Suspense fallback={null}>
          <TokenDialog onClose={() => setMakes(false)} onMade={setMade} />
        </Suspense>
      )}
      {made && (
        <OnceDialog
          title={t('account.tokens.made')}
          text={t('account.tokens.madeText')}
          secrets={[{ name: t('account.tokens.token'), value: made }]}
          onClose={() => setMade(null)}
        />
      )}
      {ended && (
        <AskDialog
          title={t('account.tokens.end')}
          text={t('account.tokens.endText', { name: ended.name })}
          submit={t('account.tokens.end')}
          onClose={() => setEnded(null)}
          onSubmit={() => end.mutateAsync(ended.id)}
        />
      )}
    </Section>
  )
}
