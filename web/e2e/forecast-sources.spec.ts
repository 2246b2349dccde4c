import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { ownTable } from './forecast'

test.setTimeout(120_000)
const slow = { timeout: 60_000 }

/** A table over HTTP on this machine, which grows by one row each time it is asked. */
async function serving(): Promise<{ server: Server; url: string }> {
  let asked = 0
  const server = createServer((_, answer) => {
    asked++
    const rows = Array.from({ length: 48 + asked }, (_, n) => {
      const at = new Date(Date.parse('2026-10-01T00:00:00Z') + n * 3_600_000).toISOString()
      return `${at},Ponte,PM10,${20 + (n % 24)},ug/m3`
    })
    answer.end(['time,station,measure,value,unit', ...rows].join('\n'))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ponte.csv` }
}

test('A source is scheduled, read again when asked, and forgotten; a dead one says so', async ({ page }) => {
  const { server, url } = await serving()
  try {
    await page.goto('/forecast/loads/new')
    await page.getByRole('radio', { name: 'A source' }).check()
    await page.getByLabel('Address').fill(url)
    await page.getByLabel('Name', { exact: true }).fill('Ponte')
    await page.getByRole('combobox', { name: 'How often' }).click()
    await page.getByRole('option', { name: 'every 1440 minutes' }).click()
    await page.getByRole('button', { name: 'Save and schedule' }).click()
    const row = page.getByRole('row').filter({ hasText: url })
    await expect(row).toContainText('every 1440 minutes')
    await row.getByRole('button', { name: 'Read Ponte now' }).click()
    await expect(page).toHaveURL(/\/forecast\/loads\/[0-9a-f-]{36}/)
    await expect(page.getByText('Done', { exact: true })).toBeVisible(slow)
    await expect(page.getByRole('link', { name: 'PM10@Ponte' })).toBeVisible()
    await page.goto('/forecast/loads')
    await row.getByRole('button', { name: 'Forget Ponte' }).click()
    await page.getByRole('button', { name: 'Really forget' }).click()
    await expect(row).toHaveCount(0)
  } finally {
    server.closeAllConnections()
    server.close()
  }

  await page.goto('/forecast/loads/new')
  await page.getByRole('radio', { name: 'A source' }).check()
  await page.getByLabel('Address').fill(url)
  await page.getByRole('button', { name: 'Load now' }).click()
  await expect(page.getByText('The source cannot be reached')).toBeVisible(slow)
})

test('A test on an attached file: its columns are said by hand, and nothing of it is kept', async ({ page }) => {
  await page.goto('/forecast/lab/new')
  await page.getByRole('radio', { name: 'Test on a file' }).check()
  const table = ownTable('Molo', 100).replace('time,station,NO2,PM10', 'Ora,Luogo,NO2,PM10').replaceAll(',', ';')
  const picker = page.getByLabel('Choose a CSV file, or drop it here').last()
  await picker.setInputFiles({ name: 'molo.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  const start = page.getByRole('button', { name: 'Start test' })
  await expect(start).toBeDisabled()
  const choose = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  await choose('Column with the time', 'Ora')
  await choose('Column with the station', 'Luogo')
  await choose('Column to forecast', 'PM10')
  await page.getByLabel('Steps ahead').fill('3')
  await choose('Algorithm', 'Nearest neighbours (KNN)')
  await start.click()
  await expect(page).toHaveURL(/\/forecast\/lab\/jobs\//)
  await expect(page.getByText('This was a test: what was measured is below, and no model was kept.')).toBeVisible(slow)
  await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible()
  const { items } = await (await page.request.get('/api/forecast/series')).json()
  expect(items.filter((one: { station: string }) => one.station === 'Molo')).toEqual([])
})
