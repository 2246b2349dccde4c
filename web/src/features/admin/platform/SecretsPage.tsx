import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconKey, IconLockPassword, IconPlus, IconRefresh } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { AskDialog } from '~/ui/desk/AskDialog'
import { FormDialog } from '~/ui/desk/FormDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Sheet } from '~/ui/desk/Sheet'
import { Code } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'

const secretsQuery = queryOptions({
  queryKey: ['admin', 'secrets'],
  queryFn: ({ signal }) => call(api.GET('/api/platform/secrets', { signal })),
})

export function SecretsPage() {
  const { t } = useTranslation()
  const secrets = useQuery(secretsQuery)
  /** The name of the secret that gets a value; empty for a new one. */
  const [given, setGiven] = useState<string | null>(null)
  const [undone, setUndone] = useState<string | null>(null)
  const [rewraps, setRewraps] = useState(false)
  const rollBack = useAct(
    (name: string) => call(api.POST('/api/platform/secrets/rollback', { body: { name } })),
    secretsQuery.queryKey,
  )
  const rewrap = useAct(() => call(api.POST('/api/platform/secrets/rewrap')), secretsQuery.queryKey)
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setGiven('')}>
      {t('admin.secrets.add')}
    </Button>
  )
  return (
    <Sheet
      title={t('admin.pages.secrets')}
      about={t('admin.secrets.about')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => setRewraps(true)}
          >
            {t('admin.secrets.rewrap')}
          </Button>
          {add}
        </>
      }
    >
      <Listing
        label={t('admin.pages.secrets')}
        query={secrets}
        rowKey={secret => secret.name}
        columns={[
          { head: t('admin.name'), cell: secret => <Code>{secret.name}</Code>, width: 'minmax(0, 2fr)' },
          { head: t('admin.version'), end: true, width: '80px', cell: secret => secret.version },
          { head: t('admin.changed'), cell: secret => <Moment at={secret.createdAt} /> },
          { head: t('admin.by'), cell: secret => secret.createdBy },
        ]}
        actions={secret => (
          <>
            <IconButton
              label={t('admin.secrets.rollBack')}
              icon={IconArrowBackUp}
              disabled={!secret.hasPrevious}
              onClick={() => setUndone(secret.name)}
            />
            <IconButton label={t('admin.secrets.set')} icon={IconKey} onClick={() => setGiven(secret.name)} />
          </>
        )}
        empty={
          <Notice
            icon={IconLockPassword}
            title={t('admin.secrets.none')}
            text={t('admin.secrets.noneText')}
            actions={add}
          />
        }
      />
      {given !== null && <SecretDialog name={given} onClose={() => setGiven(null)} />}
      {undone && (
        <AskDialog
          title={t('admin.secrets.rollBack')}
          text={t('admin.secrets.rollBackText', { name: undone })}
          submit={t('admin.secrets.rollBack')}
          onClose={() => setUndone(null)}
          onSubmit={() => rollBack.mutateAsync(undone)}
        />
      )}
      {rewraps && (
        <AskDialog
          title={t('admin.secrets.rewrap')}
          text={t('admin.secrets.rewrapText')}
          submit={t('admin.secrets.rewrap')}
          danger={false}
          onClose={() => setRewraps(false)}
          onSubmit={() => rewrap.mutateAsync()}
        />
      )}
    </Sheet>
  )
}

function SecretDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation()
  const set = useAct(
    (form: FormData) =>
      call(
        api.PUT('/api/platform/secrets', {
          body: { name: name || String(form.get('name')).trim(), value: String(form.get('value')) },
        }),
      ),
    secretsQuery.queryKey,
  )
  return (
    <FormDialog
      title={name ? t('admin.secrets.setTitle', { name }) : t('admin.secrets.add')}
      submit={t('admin.save')}
      onClose={onClose}
      onSubmit={form => set.mutateAsync(form)}
    >
      {faultOf => (
        <>
          {!name && (
            <TextInput
              name="name"
              label={t('admin.name')}
              description={t('admin.secrets.nameHint')}
              error={faultOf('name')}
              required
              data-autofocus
            />
          )}
          <PasswordInput
            name="value"
            label={t('admin.secrets.value')}
            description={t('admin.secrets.valueHint')}
            error={faultOf('value')}
            autoComplete="off"
            required
            visibilityToggleButtonProps={{ 'aria-label': t('admin.secrets.show') }}
          />
        </>
      )}
    </FormDialog>
  )
}
