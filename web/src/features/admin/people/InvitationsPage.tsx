import { Button, TextInput } from '@mantine/core'
import { IconMailPlus, IconPlus, IconSend, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Invitation } from '~/api/types'
import { useMay } from '~/app/session'
import { Fault } from '~/ui/desk/Fault'
import { FormDialog } from '~/ui/desk/FormDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { Sheet } from '~/ui/desk/Sheet'
import { Codes, Tag, type Tone } from '~/ui/desk/Tag'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import keys from '../keys/Keys.module.css'
import { invitationsKey, invitationsQuery } from './people'
import { RoleChecks } from './RoleChecks'

const tones: Record<string, Tone> = { pending: 'caution', accepted: 'good' }

export function InvitationsPage() {
  const { t } = useTranslation()
  const manages = useMay()('identity.manage')
  const pages = useInfiniteQuery(invitationsQuery)
  const invitations = useMemo(() => pages.data?.pages.flatMap(page => page.items), [pages.data])
  const [invites, setInvites] = useState(false)
  const [sent, setSent] = useState<Invitation | null>(null)
  const path = (id: string) => ({ params: { path: { id } } })
  const resend = useAct(
    async (id: string) => setSent(await call(api.POST('/api/admin/invitations/{id}/resend', path(id)))),
    invitationsKey,
  )
  const withdraw = useAct((id: string) => call(api.DELETE('/api/admin/invitations/{id}', path(id))), invitationsKey)
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setInvites(true)}>
      {t('admin.invitations.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.invitations')} about={t('admin.invitations.about')} actions={add}>
      <Fault problem={resend.error ?? withdraw.error} />
      <Listing
        label={t('admin.pages.invitations')}
        query={{ ...pages, data: invitations }}
        rowKey={({ id }) => id}
        faded={({ state }) => state !== 'pending'}
        columns={[
          {
            head: t('admin.users.email'),
            width: 'minmax(0, 1.5fr)',
            cell: invitation => (
              <>
                {invitation.email}
                <span className={keys.id}>{invitation.name}</span>
              </>
            ),
          },
          {
            head: t('admin.state'),
            width: '120px',
            cell: ({ state }) => (
              <Tag tone={tones[state] ?? 'calm'}>
                {t(`admin.invitationState.${state as 'pending'}`, { defaultValue: state })}
              </Tag>
            ),
          },
          { head: t('admin.users.roles'), cell: ({ roles }) => <Codes of={roles} /> },
          {
            head: t('admin.invitations.mail'),
            width: '110px',
            cell: ({ mail }) => t(`admin.mail.${mail as 'none'}`, { defaultValue: mail }),
          },
          { head: t('admin.invitations.expires'), cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
        ]}
        actions={
          manages
            ? ({ id, state }) =>
                state === 'accepted' ? null : (
                  <>
                    <IconButton
                      label={t('admin.invitations.resend')}
                      icon={IconSend}
                      onClick={() => resend.mutate(id)}
                    />
                    <IconButton
                      label={t('admin.invitations.withdraw')}
                      icon={IconTrash}
                      onClick={() => withdraw.mutate(id)}
                    />
                  </>
                )
            : undefined
        }
        empty={<Notice icon={IconMailPlus} title={t('admin.invitations.none')} actions={add} />}
      />
      {invites && <InviteDialog onClose={() => setInvites(false)} onSent={setSent} />}
      {sent?.link && (
        <OnceDialog
          title={t('admin.invitations.link')}
          text={t('admin.invitations.linkText', { email: sent.email })}
          secrets={[{ name: t('admin.invitations.link'), value: sent.link }]}
          onClose={() => setSent(null)}
        />
      )}
    </Sheet>
  )
}

function InviteDialog({ onClose, onSent }: { onClose: () => void; onSent: (invitation: Invitation) => void }) {
  const { t } = useTranslation()
  const invite = useAct(
    (form: FormData) =>
      call(
        api.POST('/api/admin/invitations', {
          body: {
            email: String(form.get('email')).trim(),
            name: String(form.get('name')).trim() || null,
            roles: form.getAll('roles').map(String),
            organizationId: null,
          },
        }),
      ),
    invitationsKey,
  )
  return (
    <FormDialog
      title={t('admin.invitations.add')}
      submit={t('admin.invitations.send')}
      size={560}
      onClose={onClose}
      onSubmit={async form => onSent(await invite.mutateAsync(form))}
    >
      {faultOf => (
        <>
          <TextInput
            name="email"
            type="email"
            label={t('admin.users.email')}
            error={faultOf('email')}
            required
            data-autofocus
          />
          <TextInput name="name" label={t('admin.name')} error={faultOf('name')} />
          <RoleChecks fault={faultOf('roles')} />
        </>
      )}
    </FormDialog>
  )
}
