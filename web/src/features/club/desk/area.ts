import { IconDiamond } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'
import { texts } from '~/i18n'

export const deskRoom = {
  name: 'club',
  path: '/club/desk',
  icon: IconDiamond,
  module: 'club',
  needs: ['club.read'],
} as const

/** What the desk shows: the page can be sent to a colleague as it is. */
export interface DeskSearch {
  /** A number, a member's name or number, or an id. */
  q?: string
  state?: string
  /** The booking that is open beside the list. */
  booking?: string
}

const today = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk',
  validateSearch: (search: Record<string, unknown>) => search as DeskSearch,
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./today/TodayPage'), 'TodayPage'),
})

const lanes = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk/lanes',
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./LanesPage'), 'LanesPage'),
})

const points = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk/points',
  // Whom to propose a change for: a member's number or name, or * for anyone.
  validateSearch: (search: Record<string, unknown>) => search as { propose?: string },
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./points/PointsPage'), 'PointsPage'),
})

const checks = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk/checks',
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./ChecksPage'), 'ChecksPage'),
})

const erasures = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk/erasures',
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./ErasuresPage'), 'ErasuresPage'),
})

const programme = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk/programme',
  validateSearch: (search: Record<string, unknown>) => search as { edit?: string },
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./programme/ProgrammePage'), 'ProgrammePage'),
})

const collection = createRoute({
  getParentRoute: () => shell,
  path: '/club/desk/collection',
  validateSearch: (search: Record<string, unknown>) => search as { edit?: string },
  loader: texts('desk'),
  component: lazyRouteComponent(() => import('./collection/CollectionPage'), 'CollectionPage'),
})

export const deskRoutes = [today, lanes, points, checks, erasures, programme, collection] as const
