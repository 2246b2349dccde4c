import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { AddressSearch } from '~/features/logs/address'
import { PageSkeleton } from '~/ui/PageSkeleton'
import { ErrorPage, NotFoundPage } from './Fallbacks'
import { NoRoomPage } from './NoRoomPage'
import { queryClient } from './queryClient'
import { roomsOf } from './rooms'
import { sessionQuery } from './session'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

interface SignInSearch {
  return?: string
  expired?: string
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ return: wanted, expired }: Record<string, unknown>): SignInSearch => ({
    ...(typeof wanted === 'string' && { return: wanted }),
    ...(typeof expired === 'string' && { expired }),
  }),
  component: lazyRouteComponent(() => import('~/features/identity/SignInPage'), 'SignInPage'),
})

/** Every page below is for somebody who is signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session) return { session }
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href }, replace: true })
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    const first = roomsOf(context.session)[0]
    if (first) throw redirect({ to: first.path, replace: true })
  },
  component: NoRoomPage,
})

const logs = createRoute({
  getParentRoute: () => shell,
  path: '/logs',
  validateSearch: (search: Record<string, unknown>) => search as AddressSearch,
  component: lazyRouteComponent(() => import('~/features/logs/ExplorerPage'), 'ExplorerPage'),
})

const record = createRoute({
  getParentRoute: () => shell,
  path: '/logs/records/$sequence',
  component: lazyRouteComponent(() => import('~/features/logs/record/RecordPage'), 'RecordPage'),
})

const status = createRoute({
  getParentRoute: () => shell,
  path: '/status',
  component: lazyRouteComponent(() => import('~/features/status/StatusPage'), 'StatusPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren([home, logs, record, status])]),
  context: { queries: queryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  // Every value in an address is text, so that it reads and is typed as people expect: ?q=level:error, not ?q=%22…%22.
  parseSearch: search => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: search => {
    const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()
    return text === '' ? '' : `?${text}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
