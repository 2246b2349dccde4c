import { Button } from '@mantine/core'
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { OwnKey } from '~/api/types'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { Section } from '~/ui/desk/Sheet'
import { Codes } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import styles from './Portal.module.css'
import { ownKeysQuery, usageQuery } from './portal'
import { Usage } from './Usage'

const OwnKeyDialog = lazy(async () => ({ default: (await import('./OwnKeyDialog')).OwnKeyDialog }))

/** Keys that a developer gives his own programs, and what they asked. */
export function OwnKeys() {
  const { t } = useTranslation()
  const keys = useQuery(ownKeysQuery)
  const [makes, setMakes] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [ended, setEnded] = useState<OwnKey | null>(null)
  const end = useAct(
    (id: string) => call(api.DELETE('/api/portal/keys/{id}', { params: { path: { id } } })),
    ownKeysQuery.queryKey,
    usageQuery.queryKey,
  )
  const full = keys.data && keys.data.items.length >= keys.data.keysMax
  const add = keys.data && keys.data.applications.length > 0 && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} disabled={full ?? false} onClick={() => setMakes(true)}>
      {t('developers.addKey')}
    </Button>
  )
  return (
    <Section title={t('developers.keys')} about={t('developers.keysText')} actions={add}>
      <Listing
        label={t('developers.keys')}
        query={{ ...keys, data: keys.data?.items }}
        rowKey={({ id }) => id}
        columns={[
          {
            head: t('developers.name'),
            cell: ({ name, applicationName }) => (
              <>
                {name}
                <span className={styles.of}>{applicationName}</span>
              </>
            ),
          },
          { head: t('developers.may'), width: 'minmax(0, 1.4fr)', cell: key => <Codes of={key.permissions} /> },
          { head: t('developers.used'), cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
          { head: t('developers.ends'), cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
        ]}
        actions={key => <IconButton label={t('developers.endKey')} icon={IconTrash} onClick={() => setEnded(key)} />}
        empty={<Notice icon={IconKey} title={t('developers.noKeys')} text={t('developers.noKeysText')} />}
      />
      {keys.data && keys.data.items.length > 0 && <Usage />}
      {makes && keys.data && (
        <Suspense fallback={null}>
          <OwnKeyDialog keys={keys.data} onClose={() => setMakes(false)} onMade={setMade} />
        </Suspense>
      )}
      {made && (
        <OnceDialog
          title={t('developers.made')}
          text={t('developers.madeText')}
          secrets={[{ name: t('developers.key'), value: made }]}
          onClose={() => setMade(null)}
        />
      )}
      {ended && (
        <AskDialog
          title={t('developers.endKey')}
          text={t('developers.endKeyText', { name: ended.name })}
          submit={t('developers.endKey')}
          onClose={() => setEnded(null)}
          onSubmit={() => end.mutateAsync(ended.id)}
        />
      )}
    </Section>
  )
}
