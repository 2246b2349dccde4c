import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, call } from '~/api/client'
import { Problem } from '~/api/problem'
import type { Session, SignInAnswer } from '~/api/types'

/** Who is signed in; null when nobody is. Asked once, then kept until a sign-in, a sign-out or an expiry changes it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await call(api.GET('/api/identity/me'))
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return null
      throw problem
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

export const signIn = (email: string, password: string) =>
  call(api.POST('/api/identity/sign-in', { body: { email, password } }))

/** Six digits are of the authenticator, anything else is a recovery code. */
export const signInSecond = (challenge: string, typed: string) => {
  const code = typed.replace(/[\s]/g, '')
  const body = /^\d{6}$/.test(code)
    ? { challenge, code, recoveryCode: null }
    : { challenge, code: null, recoveryCode: typed.trim() }
  return call(api.POST('/api/identity/sign-in/second-factor', { body }))
}

/** The session an answer brings; null while a second factor is owed. */
export function sessionIn({ user, organization, permissions, modules }: SignInAnswer): Session | null {
  return user && organization ? { user, organization, permissions: permissions ?? [], modules: modules ?? [] } : null
}

export const signOut = () => call(api.POST('/api/identity/sign-out'))

/** The session inside the shell, where there always is one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data) throw new Problem(401, 'not-signed-in', '')
  return data
}

/**
 * A member of the club, whose password Memberson checks: his account has no mail address of ours. He has the club and nothing else
 * of the house, and its people have the desk.
 */
export const isMember = (session: Session) => session.user.email.endsWith('@memberson.invalid')

/** Whether the reader holds a permission. What he may not do is not shown to him; the host decides all the same. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession()
  return permission => permissions.includes(permission)
}

/**
 * Where to go after signing in: a path of this application and nothing else. A link somebody was sent must not be able to
 * lead to another site through our own sign-in page.
 */
export function safeReturn(wanted: unknown, origin: string): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/'
  try {
    const target = new URL(wanted, origin)
    if (target.origin !== origin || target.pathname.startsWith('//') || target.pathname.endsWith('/sign-in')) return '/'
    return target.pathname + target.search + target.hash
  } catch {
    return '/'
  }
}
