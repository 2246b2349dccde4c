import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { isMember, sessionQuery } from './session'

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

/** Every page below it is for somebody who is signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session && isMember(session)) throw redirect({ to: '/club', replace: true })
    if (session) return { session }
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href }, replace: true })
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
})
