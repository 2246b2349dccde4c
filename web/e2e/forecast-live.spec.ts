import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { ownTable } from './forecast'

test.setTimeout(180_000)
const slow = { timeout: 60_000 }

/** A table over HTTP on this machine that stops in the middle until it is told to go on. */
async function halting(rows: readonly string[]) {
  let goOn = () => {}
  const told = new Promise<void>(done => {
    goOn = done
  })
  const server: Server = createServer(async (_, answer) => {
    const half = Math.floor(rows.length / 2)
    answer.write(`${rows.slice(0, half).join('\n')}\n`)
    await told
    answer.end(rows.slice(half).join('\n'))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { server, goOn, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lungo.csv` }
}

/** A page that was loaded again has lost what this leaves in it. */
const stay = (page: Page) => page.evaluate(() => Object.assign(window, { stayed: true }))
const stayed = (page: Page) => page.evaluate(() => 'stayed' in window)

test('A load that goes on tells its page how far it is, and its end, without a reload', async ({ page }) => {
  const rows = ['time,station,measure,value,unit']
  for (let n = 0; n < 120_000; n++)
    rows.push(`${new Date(Date.UTC(2001, 0, 1) + n * 3_600_000).toISOString()},Lungo,PM10,${20 + (n % 24)},ug/m3`)
  const { server, goOn, url } = await halting(rows)
  try {
    await page.goto('/forecast/loads/new')
    await page.getByRole('radio', { name: 'A source' }).check()
    await page.getByLabel('Address').fill(url)
    await page.getByRole('button', { name: 'Load now' }).click()
    await expect(page).toHaveURL(/\/forecast\/loads\/[0-9a-f-]{36}/)
    await stay(page)
    const standing = page.getByRole('region', { name: 'Progress' })
    await expect(standing.getByText('Running', { exact: true })).toBeVisible(slow)
    await expect(standing.getByText('50,000', { exact: true }).first()).toBeVisible(slow)
    goOn()
    await expect(standing.getByText('Done', { exact: true })).toBeVisible(slow)
    await expect(standing.getByText('120,000', { exact: true }).first()).toBeVisible()
    expect(await stayed(page)).toBe(true)
  } finally {
    goOn()
    server.closeAllConnections()
    server.close()
  }
})

test('A training tells its page that it waits, that it goes on and how far, and becomes its model, without a reload', async ({
  page,
}) => {
  const load = await page.request.post('/api/forecast/loads', {
    multipart: {
      mapping: JSON.stringify({
        time: { column: 'time' },
        stationColumn: 'station',
        values: [{ column: 'NO2', unit: 'ug/m3' }],
      }),
      file: { name: 'ponte.csv', mimeType: 'text/csv', buffer: Buffer.from(ownTable('Ponte Vecchio', 150)) },
    },
  })
  expect(load.status(), await load.text()).toBe(202)
  const loaded = `/api/forecast/loads/${((await load.json()) as { id: string }).id}`
  await expect.poll(async () => (await (await page.request.get(loaded)).json()).state, slow).toBe('done')

  // Trainings and tests take turns: what stands before this one goes on for as long as it is let.
  const grid = { k: Array.from({ length: 36 }, (_, n) => n + 5) }
  const before = await begin(page, 'tests', { horizon: 48, grid })
  const job = await begin(page, 'models', { horizon: 24 })
  await page.goto(`/forecast/lab/jobs/${job}`)
  await expect(page.getByText('Waiting', { exact: true })).toBeVisible()
  await stay(page)
  expect((await page.request.post(`/api/forecast/jobs/${before}/cancel`)).status()).toBe(204)
  await expect(page.getByText('Running', { exact: true })).toBeVisible(slow)
  await expect(page.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow', '0', slow)
  await expect(page).toHaveURL(/\/forecast\/lab\/models\//, slow)
  await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible()
  expect(await stayed(page)).toBe(true)
})

async function begin(page: Page, what: 'models' | 'tests', request: object) {
  const started = await page.request.post(`/api/forecast/${what}`, {
    data: { series: 'NO2@Ponte Vecchio', lags: 12, originEvery: 1, ...request },
  })
  expect(started.status(), await started.text()).toBe(202)
  return ((await started.json()) as { id: string }).id
}
