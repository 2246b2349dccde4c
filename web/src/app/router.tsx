import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { accountRoutes } from '~/features/account/area'
import { adminRoutes } from '~/features/admin/area'
import { clubRoutes } from '~/features/club/area'
import { deskRoutes } from '~/features/club/desk/area'
import { developersRoutes } from '~/features/developers/area'
import { forecastRoutes } from '~/features/forecast/area'
import { entranceRoutes } from '~/features/identity/area'
import { logsRoutes } from '~/features/logs/area'
import { statusRoutes } from '~/features/status/area'
import { PageSkeleton } from '~/ui/PageSkeleton'
import { ErrorPage, NotFoundPage } from './Fallbacks'
import { queryClient } from './queryClient'
import { roomsOf } from './rooms'
import { root, shell } from './shellRoute'

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    const first = roomsOf(context.session)[0]
    if (first) throw redirect({ to: first.path, replace: true })
  },
  component: lazyRouteComponent(() => import('./NoRoomPage'), 'NoRoomPage'),
})

/** One line an area. */
const pages = [
  home,
  ...logsRoutes,
  ...forecastRoutes,
  ...deskRoutes,
  ...developersRoutes,
  ...adminRoutes,
  ...accountRoutes,
  ...statusRoutes,
] as const

export const router = createRouter({
  routeTree: root.addChildren([...entranceRoutes, ...clubRoutes, shell.addChildren(pages)]),
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
