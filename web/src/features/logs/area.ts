import { IconListSearch } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'
import { texts } from '~/i18n'
import type { AddressSearch } from './address'

export const logsRoom = {
  name: 'logs',
  path: '/logs',
  icon: IconListSearch,
  module: 'logs',
  needs: ['logs.read'],
} as const

const explorer = createRoute({
  getParentRoute: () => shell,
  path: '/logs',
  validateSearch: (search: Record<string, unknown>) => search as AddressSearch,
  loader: texts('logs'),
  component: lazyRouteComponent(() => import('./ExplorerPage'), 'ExplorerPage'),
})

const record = createRoute({
  getParentRoute: () => shell,
  path: '/logs/records/$sequence',
  loader: texts('logs'),
  component: lazyRouteComponent(() => import('./record/RecordPage'), 'RecordPage'),
})

export const logsRoutes = [explorer, record] as const
