import { Button, Select, TextInput } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '~/api/types'
import { useMay } from '~/app/session'
import { texts } from '~/i18n'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Sheet } from '~/ui/desk/Sheet'
import { Codes, Tag, type Tone } from '~/ui/desk/Tag'
import { Notice } from '~/ui/Notice'
import filter from '../audit/Audit.module.css'
import keys from '../keys/Keys.module.css'
import { invitationsKey, rolesQuery, type UserSearch, userStates, usersKey, usersQuery } from './people'
import { UserMenu } from './UserMenu'

const PersonalDialog = lazy(async () => {
  const [{ PersonalDialog: component }] = await Promise.all([
    import('~/features/personal/PersonalDialog'),
    texts('personal')(),
  ])
  return { default: component }
})

const tones: Record<string, Tone> = { active: 'good', invited: 'calm', locked: 'bad', disabled: 'caution' }

export function UsersPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/admin/users' })
  const manages = useMay()('identity.manage')
  const pages = useInfiniteQuery(usersQuery(search))
  const users = useMemo(() => pages.data?.pages.flatMap(page => page.items), [pages.data])
  const queries = useQueryClient()
  // Not the row's own: an erased person has no row.
  const [person, setPerson] = useState<User | null>(null)
  const filtered = Object.values(search).some(Boolean)
  return (
    <Sheet title={t('admin.pages.users')} about={t('admin.users.about')}>
      <Filter search={search} />
      <Listing
        label={t('admin.pages.users')}
        query={{ ...pages, data: users }}
        rowKey={({ id }) => id}
        faded={({ state }) => state === 'disabled'}
        columns={[
          {
            head: t('admin.name'),
            width: 'minmax(0, 1.5fr)',
            cell: user => (
              <>
                {user.name}
                <span className={keys.id}>{user.email}</span>
              </>
            ),
          },
          {
            head: t('admin.state'),
            width: '120px',
            cell: ({ state }) => <Tag tone={tones[state] ?? 'calm'}>{t(`admin.userState.${state as 'active'}`)}</Tag>,
          },
          { head: t('admin.users.roles'), cell: user => <Codes of={user.roles} /> },
          {
            head: t('admin.users.entrance'),
            cell: user => user.provider ?? t(user.twoFactor ? 'admin.users.twoFactor' : 'admin.users.passwordOnly'),
          },
          { head: t('admin.users.seen'), cell: user => <Moment at={user.lastSeenAt} /> },
        ]}
        actions={manages ? user => <UserMenu user={user} onPersonal={() => setPerson(user)} /> : undefined}
        empty={<Notice icon={IconUsers} title={t(filtered ? 'admin.users.noMatch' : 'admin.users.none')} />}
      />
      {pages.hasNextPage && (
        <Button
          className={filter.more}
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('admin.moreRows')}
        </Button>
      )}
      {person && (
        <Suspense fallback={null}>
          <PersonalDialog
            user={person}
            onClose={() => setPerson(null)}
            onErased={() =>
              Promise.all([usersKey, invitationsKey].map(queryKey => queries.invalidateQueries({ queryKey })))
            }
          />
        </Suspense>
      )}
    </Sheet>
  )
}

function Filter({ search }: { search: UserSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/admin/users' })
  const roles = useQuery(rolesQuery)
  const change = (patch: UserSearch) => void navigate({ search: { ...search, ...patch }, replace: true })
  const seek = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    change({ search: String(new FormData(event.currentTarget).get('search')).trim() })
  }
  return (
    <form className={filter.filter} onSubmit={seek} role="search">
      <TextInput
        key={search.search}
        name="search"
        label={t('admin.users.search')}
        placeholder={t('admin.users.searchHint')}
        defaultValue={search.search ?? ''}
      />
      <Select
        label={t('admin.users.role')}
        data={roles.data?.map(({ name, title }) => ({ value: name, label: title || name })) ?? []}
        value={search.role ?? null}
        onChange={role => change({ role: role ?? '' })}
        clearable
      />
      <Select
        label={t('admin.state')}
        data={userStates.map(value => ({ value, label: t(`admin.userState.${value}`) }))}
        value={search.state ?? null}
        onChange={state => change({ state: state ?? '' })}
        clearable
      />
    </form>
  )
}
