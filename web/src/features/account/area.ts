import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'
import { texts } from '~/i18n'

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  loader: texts('account'),
  component: lazyRouteComponent(() => import('./AccountPage'), 'AccountPage'),
})

export const accountRoutes = [account] as const
