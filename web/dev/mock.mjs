// A stand-in for the host while a page is being designed: the API of the explorer over made-up records.
//   npm run mock -w web        then   RIALTO_URL=http://127.0.0.1:8099 npm run dev -w web
// Each other area has a file in dev/areas: `permissions`, `modules`, and `answer({ method, path, query, body })`, which gives
// { status, body } or nothing when the call is not its own.
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const port = Number(process.env.MOCK_PORT ?? 8099)
let seed = 7
const rnd = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff
const pick = list => list[Math.floor(rnd() * list.length)]
const hex = n => Array.from({ length: n }, () => Math.floor(rnd() * 16).toString(16)).join('')
const services = ['checkout', 'cart', 'catalog', 'payment', 'search', 'identity']
const hosts = ['web-1', 'web-2', 'web-3']
const bodies = {
  info: [
    () => `Order ${hex(8)} placed, 3 items, 84.90 EUR`,
    () => `GET /products/${Math.floor(rnd() * 9000)} 200 ${Math.floor(rnd() * 80)} ms`,
    () => `Cart ${hex(6)} updated: quantity 2`,
    () => 'Session refreshed for customer',
    () => `Search "${pick(['linen shirt', 'boots', 'silk scarf'])}" gave ${Math.floor(rnd() * 400)} results`,
  ],
  debug: [() => `cache hit product:${Math.floor(rnd() * 9000)}`, () => 'pool: 12 of 50 connections in use'],
  warn: [
    () => `Slow query took ${800 + Math.floor(rnd() * 900)} ms: select * from price where sku = $1`,
    () => 'Retrying call to courier, attempt 2 of 3',
  ],
  error: [
    () => `payment failed: card declined for order ${hex(8)}`,
    () =>
      'Unhandled exception: System.TimeoutException: The operation has timed out.\n   at Shop.Checkout.PaymentGateway.ChargeAsync(Order order)\n   at Shop.Checkout.PlaceOrder.HandleAsync(Command command)',
  ],
  fatal: [() => 'Out of memory: killing worker 4'],
  trace: [() => 'enter PriceRules.Apply'],
}
const severities = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 }
let sequence = 1000000n
function make(at) {
  const r = rnd()
  const level =
    r < 0.02 ? 'trace' : r < 0.16 ? 'debug' : r < 0.9 ? 'info' : r < 0.955 ? 'warn' : r < 0.998 ? 'error' : 'fatal'
  const body = pick(bodies[level])()
  return {
    sequence: String(++sequence),
    timestamp: new Date(at).toISOString().replace('Z', String(Math.floor(rnd() * 999999)).padStart(6, '0') + 'Z'),
    observed: new Date(at + 20).toISOString(),
    application: 'shop',
    service: pick(services),
    environment: rnd() < 0.8 ? 'prod' : 'staging',
    host: pick(hosts),
    severity: severities[level],
    level,
    traceId: rnd() < 0.6 ? hex(32) : null,
    spanId: rnd() < 0.6 ? hex(16) : null,
    body,
    attributes: {
      path: pick(['/checkout', '/cart', '/products', '/health']),
      status: level === 'error' ? 502 : 200,
      duration: Math.floor(rnd() * 900),
      run: 'seed', user: `u-${hex(4)}`,
      ...(level === 'error' && { 'exception.type': 'System.TimeoutException' }),
    },
    resource: { 'service.version': '4.12.0', 'k8s.pod.name': `web-${hex(5)}`, 'telemetry.sdk.language': 'dotnet' },
  }
}
const records = []
if (process.env.MOCK_EMPTY !== '1') {
  const now = Date.now()
  for (let at = now - 2 * 3600_000; at < now; ) {
    at += 40 + rnd() * 400 * (1 + Math.sin(at / 400000))
    records.push(make(at))
  }
}
let down = false
let tries = 0
const instant = (text, fallback) => {
  if (!text) return fallback
  const m = /^(?:now)?(?:-(\d+)([smhdw]))?$/.exec(text)
  if (m) return Date.now() - (m[1] ? Number(m[1]) * { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 }[m[2]] : 0)
  return Date.parse(text)
}
class Wrong extends Error {
  constructor(detail, position, length, expected) {
    super(detail)
    Object.assign(this, { position, length, expected })
  }
}
function compile(q) {
  if ((q.match(/"/g) ?? []).length % 2)
    throw new Wrong('This quotation mark is never closed.', q.lastIndexOf('"'), 1, ['"'])
  if ((q.match(/\(/g) ?? []).length !== (q.match(/\)/g) ?? []).length)
    throw new Wrong('This parenthesis has no partner.', Math.max(0, q.search(/[()]/)), 1, [')'])
  const terms = q.match(/-?(?:[\w.@-]+:)?(?:"[^"]*"|[^\s()]+)/g) ?? []
  const tests = terms
    .filter(t => !['AND', 'OR'].includes(t))
    .map(term => {
      const not = term.startsWith('-')
      const t = not ? term.slice(1) : term
      const m = /^([\w.@-]+):(.*)$/s.exec(t)
      const field = m?.[1]
      const value = (m ? m[2] : t).replace(/^"|"$/g, '')
      const get = r =>
        ({
          level: r.level,
          service: r.service,
          environment: r.environment,
          host: r.host,
          application: r.application,
          trace: r.traceId,
          body: r.body,
          sequence: r.sequence,
        })[field] ??
        r.attributes[field] ??
        r.resource[field?.replace('resource.', '')]
      const cmp = /^(>=|<=|>|<)(.*)$/.exec(value)
      const test = !field
        ? r => r.body.toLowerCase().includes(value.toLowerCase())
        : value === '*'
          ? r => get(r) != null
          : cmp
            ? r =>
                ({
                  '>': Number(get(r)) > +cmp[2],
                  '<': Number(get(r)) < +cmp[2],
                  '>=': Number(get(r)) >= +cmp[2],
                  '<=': Number(get(r)) <= +cmp[2],
                })[cmp[1]]
            : value.endsWith('*')
              ? r => String(get(r)).startsWith(value.slice(0, -1))
              : r => String(get(r)) === value
      return not ? r => !test(r) : test
    })
  return q.includes(' OR ') ? r => tests.some(t => t(r)) : r => tests.every(t => t(r))
}
const json = (res, status, body, headers = {}) => {
  res.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers })
  res.end(body === undefined ? '' : JSON.stringify(body))
}
const places = new URL('./areas/', import.meta.url)
const areas = await Promise.all(readdirSync(places).filter(name => name.endsWith('.mjs')).map(name => import(new URL(name, places))))
const session = {
  user: { id: '1', name: 'Ada Moretti', email: 'admin@rialto.example' },
  organization: { id: '1', number: 1, name: 'Rialto Group' },
  permissions: ['logs.read', 'logs.write', 'platform.read', ...areas.flatMap(area => area.permissions ?? [])],
  modules: ['logs', ...areas.flatMap(area => area.modules ?? [])],
}
const server = createServer(async (req, res) => {
  const url = new URL(req.url, 'http://x')
  const p = url.searchParams
  const signed = (req.headers.cookie ?? '').includes('rialto.session=mock')
  try {
    if (url.pathname === '/mock/down') {
      down = p.get('on') === '1'
      return json(res, 204)
    }
    if (url.pathname === '/api/identity/sign-in') {
      let text = ''
      for await (const c of req) text += c
      const { password } = JSON.parse(text)
      if (++tries > 6) {
        tries = 0
        return json(res, 429, { status: 429, code: 'too-many-tries' }, { 'Retry-After': '12' })
      }
      if (password !== 'rialto') return json(res, 401, { status: 401, code: 'wrong-credentials' })
      tries = 0
      return json(res, 200, session, { 'Set-Cookie': 'rialto.session=mock; Path=/; HttpOnly; SameSite=Strict' })
    }
    if (url.pathname === '/api/identity/sign-out')
      return json(res, 204, undefined, { 'Set-Cookie': 'rialto.session=; Path=/; Max-Age=0' })
    if (url.pathname.startsWith('/api') && !signed) return json(res, 401, { status: 401, code: 'not-signed-in' })
    if (url.pathname === '/api/identity/me') return json(res, 200, session)
    if (url.pathname === '/api/platform/status')
      return json(res, 200, {
        status: down ? 'degraded' : 'ready',
        version: '0.1.0',
        uptimeSeconds: process.uptime(),
        parts: [
          { name: 'postgres', status: 'ready', detail: '18.4, 3 of 100 connections' },
          {
            name: 'clickhouse',
            status: down ? 'down' : 'ready',
            detail: down ? 'The engine does not answer; it is being restarted.' : '26.7.2, 12 parts',
          },
          { name: 'spool', status: 'ready', detail: '0 segments waiting, 1.2 MB of 4 GB' },
          { name: 'syslog', status: 'ready', detail: 'TCP and UDP on 5514' },
        ],
      })
    let body = ''
    if (req.method !== 'GET') for await (const chunk of req) body += chunk
    for (const area of areas) {
      const given = await area.answer?.({ method: req.method, path: url.pathname, query: p, body: /json/.test(req.headers['content-type'] ?? '') ? JSON.parse(body) : body })
      if (given) return json(res, given.status ?? 200, given.body)
    }
    if (down && url.pathname.startsWith('/api/logs'))
      return json(res, 503, { status: 503, code: 'engine-unavailable', detail: 'The search engine does not answer.' })
    const from = instant(p.get('from'), Date.now() - 9e5),
      to = instant(p.get('to'), Date.now())
    const started = performance.now()
    const found = () => {
      const test = compile(p.get('q') ?? '')
      return records.filter(r => {
        const t = Date.parse(r.timestamp)
        return t >= from && t < to && test(r)
      })
    }
    const stats = () => ({
      elapsedMs: Math.round(performance.now() - started) + 3,
      rowsRead: records.length,
      bytesRead: records.length * 310,
    })
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    await new Promise(done => setTimeout(done, 60))
    if (url.pathname === '/api/logs/search') {
      const rows = found()
      if (p.get('order') !== 'asc') rows.reverse()
      const at = Number(p.get('cursor') ?? 0),
        limit = Number(p.get('limit') ?? 100)
      return json(res, 200, {
        records: rows.slice(at, at + limit),
        nextCursor: at + limit < rows.length ? String(at + limit) : null,
        stats: stats(),
        ...span,
      })
    }
    if (url.pathname === '/api/logs/histogram') {
      const n = Number(p.get('buckets') ?? 60)
      const step =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400].find(
          s => (to - from) / 1000 / s <= n,
        ) ?? 864000
      const map = new Map()
      const rows = found()
      for (const r of rows) {
        const at = Math.floor(Date.parse(r.timestamp) / step / 1000) * step * 1000
        const c = map.get(at) ?? {}
        c[r.level] = (c[r.level] ?? 0) + 1
        map.set(at, c)
      }
      return json(res, 200, {
        ...span,
        stepSeconds: step,
        buckets: [...map]
          .sort((a, b) => a[0] - b[0])
          .map(([at, counts]) => ({ at: new Date(at).toISOString(), counts })),
        total: rows.length,
        stats: stats(),
      })
    }
    if (url.pathname === '/api/logs/fields') {
      const rows = found()
      const field = p.get('field')
      if (!field) {
        const c = new Map()
        for (const r of rows)
          for (const k of [
            'level',
            'service',
            'environment',
            'host',
            'application',
            ...Object.keys(r.attributes),
            ...Object.keys(r.resource).map(k => `resource.${k}`),
          ])
            c.set(k, (c.get(k) ?? 0) + 1)
        return json(res, 200, {
          fields: [...c].map(([name, n]) => ({
            name,
            kind: ['status', 'duration'].includes(name) ? 'number' : 'text',
            rows: n,
          })),
        })
      }
      const c = new Map()
      for (const r of rows) {
        const v = r[field] ?? r.attributes[field] ?? r.resource[field.replace('resource.', '')]
        if (v != null && String(v).startsWith(p.get('prefix') ?? '')) c.set(String(v), (c.get(String(v)) ?? 0) + 1)
      }
      return json(res, 200, {
        field,
        values: [...c]
          .sort((a, b) => b[1] - a[1])
          .slice(0, Number(p.get('limit') ?? 20))
          .map(([value, n]) => ({ value, rows: n })),
      })
    }
    const one = /^\/api\/logs\/records\/(\d+)$/.exec(url.pathname)
    if (one) {
      const r = records.find(x => x.sequence === one[1])
      return r
        ? json(res, 200, r)
        : json(res, 404, { status: 404, code: 'record-not-found', detail: 'There is no such record.' })
    }
    if (url.pathname === '/api/logs/context') {
      const me = records.find(x => x.sequence === p.get('sequence'))
      if (!me) return json(res, 404, { status: 404, code: 'record-not-found' })
      const rows = records.filter(x => x.service === me.service)
      const at = rows.indexOf(me)
      return json(res, 200, {
        records: rows.slice(Math.max(0, at - Number(p.get('before'))), at + 1 + Number(p.get('after'))),
      })
    }
    if (url.pathname === '/hubs/live/negotiate')
      return json(res, 200, {
        negotiateVersion: 1,
        connectionId: 'a',
        connectionToken: 'a',
        availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text'] }],
      })
    return json(res, 404, { status: 404, code: 'not-found' })
  } catch (e) {
    if (e instanceof Wrong)
      return json(res, 400, {
        status: 400,
        code: 'query-syntax',
        detail: e.message,
        position: e.position,
        length: e.length,
        expected: e.expected,
      })
    json(res, 500, { status: 500, code: 'internal', detail: String(e) })
  }
})
const hub = new WebSocketServer({ noServer: true })
server.on('upgrade', (req, socket, head) => hub.handleUpgrade(req, socket, head, ws => hub.emit('connection', ws)))
const watchers = new Set()
hub.on('connection', ws => {
  const send = m => ws.send(JSON.stringify(m) + '\x1e')
  const me = { send, watch: null }
  watchers.add(me)
  ws.on('close', () => watchers.delete(me))
  ws.on('message', data => {
    for (const part of String(data).split('\x1e').filter(Boolean)) {
      const m = JSON.parse(part)
      if (m.protocol) send({})
      if (m.type === 1 && m.target === 'Watch') {
        const w = m.arguments[0]
        me.watch = { ...w, test: compile(w.query) }
        send({ type: 3, invocationId: m.invocationId, result: null })
        send({ type: 1, target: 'watching', arguments: [{ generation: w.generation }] })
      }
    }
  })
})
setInterval(() => {
  const batch = Array.from({ length: Number(process.env.MOCK_RATE ?? 3) }, () => make(Date.now()))
  records.push(...batch)
  for (const w of watchers)
    if (w.watch) {
      const rows = batch.filter(w.watch.test)
      if (rows.length)
        w.send({
          type: 1,
          target: 'records',
          arguments: [
            {
              generation: w.watch.generation,
              records: rows,
              lastSequence: rows.at(-1).sequence,
              dropped: 0,
              matchedPerSecond: rows.length * 4,
            },
          ],
        })
    }
}, 250)
server.listen(port, '127.0.0.1')
