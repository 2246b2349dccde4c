/** One route to an external service, as the document `gateway/routes` holds it; what is left out has the host's default. */
export interface Route {
  name: string
  path: string
  hosts?: string[]
  methods?: string[]
  upstreams: Upstream[]
  stripPath?: boolean
  preserveHost?: boolean
  permission?: string | null
  anonymous?: boolean
  plan?: string | null
  timeouts?: { connectMs?: number; firstByteMs?: number; idleMs?: number }
  health?: { path?: string; intervalMs?: number; timeoutMs?: number } | null
  sticky?: string
  retries?: number
  cacheSeconds?: number
  bodyBytesMax?: number
  webSockets?: boolean
  corsOrigins?: string[]
}

export interface Upstream {
  address: string
  weight?: number
  label?: string | null
}

/** What can be shown of a document: a draft may be anything that its author wrote. */
export function routesOf(body: unknown): Route[] {
  const routes = (body as { routes?: unknown } | undefined)?.routes
  if (!Array.isArray(routes)) return []
  return routes
    .filter((route): route is Partial<Route> => typeof route === 'object' && route !== null)
    .map(route => ({
      ...route,
      name: String(route.name ?? ''),
      path: String(route.path ?? ''),
      upstreams: Array.isArray(route.upstreams) ? route.upstreams : [],
    }))
}

/** The whole document with one route put in, changed or (null) taken out; all others stay as they are. */
export function withRoute(body: unknown, name: string | null, route: Route | null): { routes: Route[] } {
  const routes = routesOf(body)
  const at = routes.findIndex(other => other.name === name)
  const next = [...routes]
  if (at >= 0) next.splice(at, 1, ...(route ? [route] : []))
  else if (route) next.push(route)
  return { ...(body as object), routes: next }
}

/** Lines of `address weight label`, as a person writes the upstreams of a route. */
export function upstreamsOf(text: string): Upstream[] {
  return text
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .flatMap(([address, weight, ...label]) =>
      address
        ? [
            {
              address,
              ...(weight !== undefined && { weight: Number.isNaN(Number(weight)) ? 100 : Number(weight) }),
              ...(label.length > 0 && { label: label.join(' ') }),
            },
          ]
        : [],
    )
}

export const textOfUpstreams = (upstreams: readonly Upstream[]) =>
  upstreams
    .map(({ address, weight, label }) => [address, weight ?? 100, label].filter(part => part != null).join(' '))
    .join('\n')

/** A form's fields as a route. What the form does not show stays as it was. */
export function routeOf(form: FormData, before: Route | null): Route {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const list = (name: string) =>
    text(name)
      .split(/[\s,]+/)
      .filter(Boolean)
  const health = text('health')
  return {
    ...before,
    name: text('name'),
    path: text('path'),
    hosts: list('hosts'),
    methods: list('methods').map(method => method.toUpperCase()),
    upstreams: upstreamsOf(text('upstreams')),
    permission: text('permission') || null,
    anonymous: form.has('anonymous'),
    plan: text('plan') || null,
    stripPath: form.has('stripPath'),
    webSockets: form.has('webSockets'),
    retries: Number(text('retries')),
    cacheSeconds: Number(text('cacheSeconds')),
    timeouts: { ...before?.timeouts, firstByteMs: Number(text('firstByteMs')) },
    health: health ? { ...before?.health, path: health } : null,
  }
}
