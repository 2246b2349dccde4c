import { expect, it } from 'vitest'
import type { Provider } from '~/api/types'
import { putOf } from './providers'

function filled(values: [string, string][]) {
  const form = new FormData()
  for (const [name, value] of values) form.append(name, value)
  return form
}

it('Groups keep the role beside them, and lines without a group are left out', () => {
  const { groupRoles } = putOf(
    filled([
      ['group', 'sellers '],
      ['groupRole', 'sales'],
      ['group', ''],
      ['groupRole', 'viewer'],
      ['group', 'bosses'],
      ['groupRole', 'operator'],
    ]),
    null,
  )
  expect(groupRoles).toEqual([
    { group: 'sellers', role: 'sales' },
    { group: 'bosses', role: 'operator' },
  ])
})

it('A provider keeps its name, and its secret when none is typed', () => {
  const put = putOf(filled([['name', 'other']]), { name: 'company' } as Provider)
  expect(put.name).toBe('company')
  expect(put.clientSecret).toBeNull()
  expect(put.enabled).toBe(false)
})

it('Scopes and domains are divided by commas, spaces and lines', () => {
  const put = putOf(
    filled([
      ['scopes', 'openid  email,groups'],
      ['emailDomains', 'one.example\ntwo.example'],
    ]),
    null,
  )
  expect(put.scopes).toEqual(['openid', 'email', 'groups'])
  expect(put.emailDomains).toEqual(['one.example', 'two.example'])
})
