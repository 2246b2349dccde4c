/** The pages of the administration in the order of their list, each with the permission that shows it. */
export const adminPages = [
  { name: 'users', to: '/admin/users', group: 'people', needs: 'identity.read' },
  { name: 'invitations', to: '/admin/invitations', group: 'people', needs: 'identity.read' },
  { name: 'roles', to: '/admin/roles', group: 'people', needs: 'identity.read' },
  { name: 'organizations', to: '/admin/organizations', group: 'people', needs: 'identity.read' },
  { name: 'providers', to: '/admin/providers', group: 'people', needs: 'identity.read' },
  { name: 'keys', to: '/admin/keys', group: 'access', needs: 'identity.read' },
  { name: 'clients', to: '/admin/clients', group: 'access', needs: 'identity.read' },
  { name: 'plans', to: '/admin/plans', group: 'gateway', needs: 'platform.read' },
  { name: 'routes', to: '/admin/routes', group: 'gateway', needs: 'platform.read' },
  { name: 'requests', to: '/admin/requests', group: 'gateway', needs: 'platform.read' },
  { name: 'firewall', to: '/admin/firewall', group: 'gateway', needs: 'platform.read' },
  { name: 'configuration', to: '/admin/configuration', group: 'platform', needs: 'platform.read' },
  { name: 'secrets', to: '/admin/secrets', group: 'platform', needs: 'platform.manage' },
  { name: 'connectors', to: '/admin/connectors', group: 'platform', needs: 'platform.read' },
  { name: 'jobs', to: '/admin/jobs', group: 'platform', needs: 'platform.read' },
  { name: 'audit', to: '/admin/audit', group: 'oversight', needs: 'identity.read' },
  { name: 'health', to: '/status', group: 'oversight', needs: 'platform.read' },
] as const

export const adminGroups = ['people', 'access', 'gateway', 'platform', 'oversight'] as const
