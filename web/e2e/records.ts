import type { APIRequestContext } from '@playwright/test'
import { expect } from '@playwright/test'
import { address, applicationKey } from './host'

export interface Sent {
  timestamp?: string
  level?: string
  service?: string
  body: string
  [attribute: string]: string | number | undefined
}

/** Sends records as a customer's product would, and checks that they were all accepted. */
export async function send(request: APIRequestContext, records: Sent[]) {
  const answer = await request.post(`${address}/api/logs/records`, {
    headers: { Authorization: `Bearer ${applicationKey}` },
    data: records,
  })
  expect(answer.status(), await answer.text()).toBe(200)
  expect(await answer.json()).toMatchObject({ accepted: records.length })
}

/** Waits until a search finds as many records as were sent. */
export async function found(request: APIRequestContext, query: string, count: number) {
  await expect
    .poll(
      async () =>
        (await (await request.get('/api/logs/histogram', { params: { q: query, from: 'now-1h' } })).json()).total,
      {
        timeout: 60_000,
      },
    )
    .toBe(count)
}

const bodies: Record<string, string[]> = {
  debug: ['cache hit for product 3978', 'pool: 12 of 50 connections in use'],
  info: [
    'Order 8f2c placed, 3 items, 84.90 EUR',
    'Session refreshed for customer',
    'Search "silk scarf" gave 151 results',
  ],
  warn: ['Slow query took 1266 ms: select * from price where sku = $1', 'Retrying call to courier, attempt 2 of 3'],
  error: [
    'payment failed: card declined for order 62af',
    'Unhandled exception: System.TimeoutException: The operation has timed out.\n   at Shop.Checkout.PaymentGateway.ChargeAsync(Order order)\n   at Shop.Checkout.PlaceOrder.HandleAsync(Command command)',
  ],
  fatal: ['Out of memory: killing worker 4 <b onmouseover=alert(1)>&amp;'],
}
const weights = [
  'info',
  'info',
  'info',
  'info',
  'debug',
  'info',
  'warn',
  'info',
  'info',
  'error',
  'info',
  'debug',
  'info',
  'info',
  'info',
]
const services = ['checkout', 'cart', 'catalog', 'payment', 'identity']

/** A shop's last five minutes, the same every time: `count` records of run `run`, every fatal one among the last. */
export function shopRecords(run: string, count: number): Sent[] {
  const now = Date.now()
  return Array.from({ length: count }, (_, at) => {
    const level = at === count - 7 ? 'fatal' : (weights[(at * 7) % weights.length] ?? 'info')
    const texts = bodies[level] ?? []
    return {
      timestamp: new Date(now - Math.round(((count - at) / count) * 600_000)).toISOString(),
      level,
      service: services[(at * 3) % services.length] ?? 'cart',
      environment: at % 5 === 0 ? 'staging' : 'prod',
      host: `web-${(at % 3) + 1}`,
      body: texts[at % texts.length] ?? '',
      traceId: (BigInt(Math.floor(at / 4)) + 0x4bf92f3577b34da6a3ce929d0e0e0000n).toString(16),
      run,
      status: level === 'error' ? 502 : 200,
      duration: 20 + ((at * 37) % 900),
      path: ['/checkout', '/cart', '/products'][at % 3] ?? '/',
    }
  })
}
