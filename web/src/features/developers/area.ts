import { IconCode } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'
import { texts } from '~/i18n'

export const developersRoom = {
  name: 'developers',
  path: '/developers',
  icon: IconCode,
  module: null,
  needs: ['logs.write', 'platform.read'],
} as const

export interface PortalSearch {
  /** Words that are sought. */
  q?: string
  /** The endpoint that is open: `get /api/logs/search`. */
  open?: string
}

const portal = createRoute({
  getParentRoute: () => shell,
  path: '/developers',
  validateSearch: ({ q, open }: Record<string, unknown>): PortalSearch => ({
    ...(typeof q === 'string' && { q }),
    ...(typeof open === 'string' && { open }),
  }),
  loader: texts('developers'),
  component: lazyRouteComponent(() => import('./PortalPage'), 'PortalPage'),
})

export const developersRoutes = [portal] as const
