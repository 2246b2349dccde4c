import { expect, test } from '@playwright/test'
import { Explorer } from './explorer'

test('A search by words and fields shows what matches, marked', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open()
  await expect(explorer.count).toHaveText(/^600 records$/)
  await explorer.ask('run:seed level:error "payment failed"')
  await expect(page).toHaveURL(/q=run%3Aseed\+level%3Aerror\+%22payment\+failed%22/)
  await expect(explorer.rows.first().locator('mark')).toHaveText('payment failed')
  await expect(explorer.rows.first()).toContainText('error')
})

test('A wrong query is explained at its place and can be saved as plain text', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open()
  await explorer.ask('level:error "payment failed')
  const alert = page.getByRole('alert').filter({ hasText: 'Search it as plain text' })
  await expect(alert).toContainText(/quot/i)
  await expect(page.locator('.q-fault')).toContainText('"')
  await alert.getByRole('button', { name: 'Search it as plain text' }).click()
  await expect(page.locator('.q-fault')).toHaveCount(0)
  await expect(alert).toHaveCount(0)
})

test('Text of a record is only ever text', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=run:seed level:fatal')
  await explorer.rows.first().click()
  await expect(explorer.panel.getByText('<b onmouseover=alert(1)>&amp;', { exact: false }).first()).toBeVisible()
  await expect(page.locator('b[onmouseover]')).toHaveCount(0)
})

test('A value of an open record becomes a condition, or is left out', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=run:seed level:error')
  await explorer.rows.first().click()
  const field = explorer.panel.getByRole('group', { name: 'service' })
  const service = await field.locator('..').locator('span').nth(1).textContent()
  await field.locator('..').click()
  await field.getByRole('button', { name: 'Only this value' }).click()
  await expect(page).toHaveURL(new RegExp(`service%3A${service}`))
  await field.locator('..').click()
  await field.getByRole('button', { name: 'Everything but this value' }).click()
  await expect(page).toHaveURL(new RegExp(`-service%3A${service}`))
})

test('The address is the page: reloading and going back restore it', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=run:seed+level:error&from=now-1h&to=now&columns=level,status,body&wrap=1')
  await expect(explorer.rows.first()).toContainText('502')
  await explorer.rows.nth(1).click()
  await expect(page).toHaveURL(/record=\d+/)
  await expect(explorer.panel).toBeVisible()
  const url = page.url()
  await page.reload()
  await expect(explorer.panel).toBeVisible()
  await expect(explorer.rows.first()).toContainText('502')
  expect(page.url()).toBe(url)
  await page.goBack()
  await expect(explorer.panel).toHaveCount(0)
})

test('The records around one and those of its trace are one step away', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=run:seed level:warn')
  await explorer.rows.first().click()
  await explorer.panel.getByRole('tab', { name: 'Around it' }).click()
  await expect(explorer.panel.getByRole('listitem').first()).toBeVisible()
  await expect(explorer.panel.locator('[aria-current]')).toHaveCount(1)
  await explorer.panel.getByRole('tab', { name: 'Trace' }).click()
  await expect(explorer.panel.getByRole('listitem')).toHaveCount(4)
  await explorer.panel.getByRole('link', { name: 'Open the trace in the list' }).click()
  await expect(page).toHaveURL(/q=trace%3A[0-9a-f]{32}/)
  await expect(explorer.count).toHaveText(/^4 records$/)
})

test('A link to a record leads to it', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=run:seed level:error')
  await explorer.rows.first().click()
  await expect(page).toHaveURL(/record=\d+/)
  const sequence = new URL(page.url()).searchParams.get('record')
  await page.goto(`/logs/records/${sequence}`)
  await expect(page.getByText(sequence ?? '', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'In the list' }).click()
  await expect(page).toHaveURL(new RegExp(`record=${sequence}`))
})

test('A long list loads as it is scrolled and keeps few rows in the page', async ({ page }) => {
  const explorer = new Explorer(page)
  await explorer.open('q=run:seed&order=asc')
  await expect(explorer.rows.first()).toBeVisible()
  await expect
    .poll(async () => {
      await page.getByRole('grid').evaluate(grid => grid.parentElement?.scrollTo({ top: grid.scrollHeight }))
      return await page.getByRole('grid').getAttribute('aria-rowcount')
    })
    .toBe('601')
  expect(await explorer.rows.count()).toBeLessThan(80)
  await expect(page.getByText('No more records in this range')).toBeVisible()
})
