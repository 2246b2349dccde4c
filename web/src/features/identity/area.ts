import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from '~/app/shellRoute'
import { texts } from '~/i18n'

interface SignInSearch {
  return?: string
  expired?: string
  /** What went wrong with a sign-on by a provider. */
  problem?: string
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ return: wanted, expired, problem }: Record<string, unknown>): SignInSearch => ({
    ...(typeof wanted === 'string' && { return: wanted }),
    ...(typeof expired === 'string' && { expired }),
    ...(typeof problem === 'string' && { problem }),
  }),
  loader: texts('identity'),
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
})

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  loader: texts('identity'),
  component: lazyRouteComponent(() => import('./WelcomePage'), 'WelcomePage'),
})

/** Pages of somebody who is not signed in. */
export const entranceRoutes = [signIn, welcome] as const
