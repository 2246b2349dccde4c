import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'

const status = createRoute({
  getParentRoute: () => shell,
  path: '/status',
  component: lazyRouteComponent(() => import('./StatusPage'), 'StatusPage'),
})

export const statusRoutes = [status] as const
