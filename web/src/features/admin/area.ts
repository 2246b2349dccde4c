import { IconSettings2 } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'
import { texts } from '~/i18n'
import { type RequestSearch, requestTimes } from './gateway/times'
import { adminPages } from './pages'
import type { UserSearch } from './people/people'

export const adminRoom = {
  name: 'admin',
  path: '/admin',
  icon: IconSettings2,
  module: null,
  needs: ['platform.read', 'identity.read'],
} as const

const room = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  loader: texts('admin'),
  component: lazyRouteComponent(() => import('./AdminRoom'), 'AdminRoom'),
})

const first = createRoute({
  getParentRoute: () => room,
  path: '/',
  beforeLoad: ({ context }) => {
    const page = adminPages.find(({ needs }) => context.session.permissions.includes(needs))
    if (page) throw redirect({ to: page.to, replace: true })
  },
})

const users = createRoute({
  getParentRoute: () => room,
  path: '/users',
  validateSearch: (search: Record<string, unknown>): UserSearch =>
    Object.fromEntries(
      ['search', 'role', 'state'].flatMap(name => (typeof search[name] === 'string' ? [[name, search[name]]] : [])),
    ),
  component: lazyRouteComponent(() => import('./people/UsersPage'), 'UsersPage'),
})

const invitations = createRoute({
  getParentRoute: () => room,
  path: '/invitations',
  component: lazyRouteComponent(() => import('./people/InvitationsPage'), 'InvitationsPage'),
})

const roles = createRoute({
  getParentRoute: () => room,
  path: '/roles',
  component: lazyRouteComponent(() => import('./people/RolesPage'), 'RolesPage'),
})

const organizations = createRoute({
  getParentRoute: () => room,
  path: '/organizations',
  component: lazyRouteComponent(() => import('./people/OrganizationsPage'), 'OrganizationsPage'),
})

const providers = createRoute({
  getParentRoute: () => room,
  path: '/providers',
  component: lazyRouteComponent(() => import('./providers/ProvidersPage'), 'ProvidersPage'),
})

const clients = createRoute({
  getParentRoute: () => room,
  path: '/clients',
  component: lazyRouteComponent(() => import('./clients/ClientsPage'), 'ClientsPage'),
})

const keys = createRoute({
  getParentRoute: () => room,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys/KeysPage'), 'KeysPage'),
})

const plans = createRoute({
  getParentRoute: () => room,
  path: '/plans',
  component: lazyRouteComponent(() => import('./gateway/PlansPage'), 'PlansPage'),
})

const routes = createRoute({
  getParentRoute: () => room,
  path: '/routes',
  component: lazyRouteComponent(() => import('./gateway/RoutesPage'), 'RoutesPage'),
})

const requests = createRoute({
  getParentRoute: () => room,
  path: '/requests',
  validateSearch: ({ time, route, key }: Record<string, unknown>): RequestSearch => {
    const known = requestTimes.find(one => one === time)
    return {
      ...(known && { time: known }),
      ...(typeof route === 'string' && { route }),
      ...(typeof key === 'string' && { key }),
    }
  },
  component: lazyRouteComponent(() => import('./gateway/RequestsPage'), 'RequestsPage'),
})

const firewall = createRoute({
  getParentRoute: () => room,
  path: '/firewall',
  component: lazyRouteComponent(() => import('./gateway/FirewallPage'), 'FirewallPage'),
})

const configuration = createRoute({
  getParentRoute: () => room,
  path: '/configuration',
  component: lazyRouteComponent(() => import('./platform/ConfigurationPage'), 'ConfigurationPage'),
})

const document = createRoute({
  getParentRoute: () => room,
  path: '/configuration/$area/$item',
  component: lazyRouteComponent(() => import('./platform/DocumentPage'), 'DocumentPage'),
})

const secrets = createRoute({
  getParentRoute: () => room,
  path: '/secrets',
  component: lazyRouteComponent(() => import('./platform/SecretsPage'), 'SecretsPage'),
})

const connectors = createRoute({
  getParentRoute: () => room,
  path: '/connectors',
  component: lazyRouteComponent(() => import('./platform/ConnectorsPage'), 'ConnectorsPage'),
})

const jobs = createRoute({
  getParentRoute: () => room,
  path: '/jobs',
  validateSearch: ({ state }: Record<string, unknown>): { state?: string } =>
    typeof state === 'string' ? { state } : {},
  component: lazyRouteComponent(() => import('./platform/JobsPage'), 'JobsPage'),
})

export interface AuditSearch {
  action?: string
  target?: string
  actor?: string
  from?: string
  to?: string
}

const audit = createRoute({
  getParentRoute: () => room,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): AuditSearch =>
    Object.fromEntries(
      ['action', 'target', 'actor', 'from', 'to'].flatMap(name =>
        typeof search[name] === 'string' ? [[name, search[name]]] : [],
      ),
    ),
  component: lazyRouteComponent(() => import('./audit/AuditPage'), 'AuditPage'),
})

export const adminRoutes = [
  room.addChildren([
    first,
    users,
    invitations,
    roles,
    organizations,
    providers,
    keys,
    clients,
    plans,
    routes,
    requests,
    firewall,
    configuration,
    document,
    secrets,
    connectors,
    jobs,
    audit,
  ]),
] as const
