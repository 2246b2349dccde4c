import { expect, test } from '@playwright/test'
import { Explorer } from './explorer'
import { check } from './look'
import { found, send, shopRecords } from './records'

/** Records of the last minutes for each walk: when the last one begins, those of the first are out of the explorer's range. */
const run = `looks${Date.now()}`

test.beforeAll(async ({ request }) => {
  const records = shopRecords(run, 600)
  await send(request, records)
  await found(request, `run:${run}`, records.length)
})

const seconds = (count: number) => ({ timeout: count * 1_000 })

/** What was seeded at the start must still be seen when this runs last. */
const anHour = 'q=run:seed&from=now-1h&to=now'

test('Sign-in', async ({ page, context }) => {
  await context.clearCookies()
  await page.goto('/sign-in')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await check(page, 'sign-in')
})

test('Explorer', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('')
  await expect(explorer.rows.first()).toBeVisible()
  await expect(page.locator('canvas')).toBeVisible()
  await check(page, 'logs')
})

test('Explorer with long lines and columns of its own', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run} (level:error OR level:warn)&columns=level,service,status,duration,body&wrap=1`)
  await expect(explorer.rows.first()).toBeVisible()
  await check(page, 'logs-wrapped')
})

test('Record', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run} level:error exception`)
  await explorer.rows.first().click()
  await expect(explorer.panel.getByText('Attributes')).toBeVisible()
  await check(page, 'record')
  await explorer.panel.getByRole('tab', { name: 'Around it' }).click()
  await expect(explorer.panel.getByRole('listitem').first()).toBeVisible()
  await check(page, 'record-context')
  await explorer.panel.getByRole('tab', { name: 'JSON' }).click()
  await check(page, 'record-json')
})

test('Record on its own page', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run} level:fatal`)
  await explorer.rows.first().click()
  await expect(page).toHaveURL(/record=/)
  await page.goto(`/logs/records/${new URL(page.url()).searchParams.get('record')}`)
  await expect(page.getByText('Attributes')).toBeVisible()
  await check(page, 'record-page')
})

test('Live', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run}&live=1`)
  await expect(page.getByText('Live', { exact: true }).last()).toBeVisible()
  await expect(explorer.rows.first()).toBeVisible()
  await check(page, 'live')
})

test('Wrong query', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(`q=${encodeURIComponent(`run:${run} "payment failed`)}`)
  await expect(page.getByRole('heading', { name: 'The query cannot be read' })).toBeVisible()
  await check(page, 'wrong-query')
})

test('Nothing found', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=nothing-has-this-word')
  await expect(page.getByRole('heading', { name: 'No records found' })).toBeVisible()
  await check(page, 'nothing-found')
})

test('First steps', async ({ page }) => {
  await page.route('**/api/logs/**', async route => {
    const answer = await route.fetch()
    const body = await answer.json()
    await route.fulfill({
      json: { ...body, records: [], nextCursor: null, buckets: [], total: 0, fields: [], values: [] },
    })
  })
  await page.goto('/logs')
  await expect(page.getByRole('heading', { name: 'No records yet' })).toBeVisible()
  await check(page, 'first-steps')
})

test('Engine down', async ({ page }) => {
  const body = JSON.stringify({ status: 503, code: 'search-unavailable' })
  await page.route('**/api/logs/**', route =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body }),
  )
  await page.goto('/logs')
  await expect(page.getByRole('heading', { name: 'The search engine is not available' })).toBeVisible()
  await check(page, 'engine-down')
})

test('Choosing a time', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open()
  await page.getByRole('button', { name: /Last 15 minutes/ }).click()
  await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible()
  await check(page, 'time')
})

test('Filters', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(anHour)
  if (explorer.isPhone) await page.getByRole('button', { name: 'Filters (1)' }).click()
  await expect(page.getByRole('button', { name: /^Only checkout/ })).toBeVisible()
  await page.getByRole('button', { name: 'path', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Only \/cart/ })).toBeVisible()
  await check(page, 'filters')
})

test('Help and palette', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(anHour)
  await expect(explorer.rows.first()).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
  await check(page, 'help')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0, seconds(5))
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByText('Go live')).toBeVisible()
  await check(page, 'palette')
})

test('Account', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open(anHour)
  await page.getByRole('button', { name: /^Account/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await check(page, 'account')
})

test('Platform health', async ({ page }) => {
  await page.goto('/status')
  await expect(page.getByRole('table')).toBeVisible()
  await check(page, 'status')
})

test('No such page', async ({ page }) => {
  await page.goto('/nowhere')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await check(page, 'not-found')
})
