import { queryOptions } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import type { Provider, ProviderPut } from '~/api/types'

export const providersQuery = queryOptions({
  queryKey: ['admin', 'providers'],
  queryFn: async ({ signal }) => (await call(api.GET('/api/admin/providers', { signal }))).items,
})

/** Commas, spaces and lines all divide. */
export const wordsOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean)

/** A provider as the form says it. A secret that was left empty stays the one there is. */
export function putOf(form: FormData, provider: Provider | null): ProviderPut {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const roles = form.getAll('groupRole').map(String)
  return {
    name: provider?.name ?? text('name'),
    title: text('title'),
    issuer: text('issuer'),
    clientId: text('clientId'),
    clientSecret: text('clientSecret') || null,
    scopes: wordsOf(text('scopes')),
    claims: { email: text('claimEmail'), name: text('claimName'), groups: text('claimGroups') },
    groupRoles: form
      .getAll('group')
      .map((group, at) => ({ group: String(group).trim(), role: roles[at] ?? '' }))
      .filter(({ group }) => group !== ''),
    defaultRoles: form.getAll('roles').map(String),
    emailDomains: wordsOf(text('emailDomains')),
    enabled: form.has('enabled'),
  }
}
