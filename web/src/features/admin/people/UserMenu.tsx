import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { User } from '~/api/types'
import { useSession } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { usersKey } from './people'

const UserDialog = lazy(async () => ({ default: (await import('./UserDialog')).UserDialog }))

type Act = 'unlock' | 'signOut' | 'resetSecond' | 'resetPassword' | 'disable' | 'enable'

/** What may be done about a person. */
export function UserMenu({ user, onPersonal }: { user: User; onPersonal: () => void }) {
  const { t } = useTranslation()
  const own = useSession().user.id === user.id
  const [asked, setAsked] = useState<Act | 'edit' | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const act = useAct(async (what: Act) => {
    const params = { params: { path: { id: user.id } } }
    if (what === 'unlock') await call(api.POST('/api/admin/users/{id}/unlock', params))
    else if (what === 'signOut') await call(api.POST('/api/admin/users/{id}/sign-out', params))
    else if (what === 'resetSecond') await call(api.POST('/api/admin/users/{id}/reset-second-factor', params))
    else if (what === 'resetPassword')
      setLink((await call(api.POST('/api/admin/users/{id}/reset-password', params))).link)
    else
      await call(
        api.PATCH('/api/admin/users/{id}', {
          ...params,
          body: { name: null, roles: null, disabled: what === 'disable' },
        }),
      )
  }, usersKey)
  const offered: Act[] = [
    ...(user.state === 'locked' ? (['unlock'] as const) : []),
    'signOut',
    ...(user.provider ? [] : (['resetPassword'] as const)),
    ...(user.twoFactor ? (['resetSecond'] as const) : []),
    ...(own ? [] : ([user.state === 'disabled' ? 'enable' : 'disable'] as const)),
  ]
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <IconButton label={t('admin.users.actions', { name: user.name })} icon={IconDots} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('edit')}>{t('admin.edit')}</Menu.Item>
          <Menu.Item onClick={onPersonal}>{t('admin.users.personal')}</Menu.Item>
          <Menu.Divider />
          {offered.map(what => (
            <Menu.Item key={what} onClick={() => setAsked(what)}>
              {t(`admin.userAct.${what}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked === 'edit' && (
        <Suspense fallback={null}>
          <UserDialog user={user} onClose={() => setAsked(null)} />
        </Suspense>
      )}
      {asked && asked !== 'edit' && (
        <AskDialog
          title={t(`admin.userAct.${asked}`)}
          text={t(`admin.userActText.${asked}`, { name: user.name })}
          submit={t(`admin.userAct.${asked}`)}
          danger={asked !== 'unlock' && asked !== 'enable'}
          onClose={() => setAsked(null)}
          onSubmit={() => act.mutateAsync(asked)}
        />
      )}
      {link && (
        <OnceDialog
          title={t('admin.invitations.link')}
          text={t('admin.invitations.linkText', { email: user.email })}
          secrets={[{ name: t('admin.invitations.link'), value: link }]}
          onClose={() => setLink(null)}
        />
      )}
    </>
  )
}
