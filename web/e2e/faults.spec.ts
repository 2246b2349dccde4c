import { expect, test } from '@playwright/test'
import { Explorer } from './explorer'
import { address, person } from './host'

const problem = (status: number, code: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ status, code, title: code }),
})

test('While the engine is down the page says so and comes back by itself', async ({ page }) => {
  const explorer = new Explorer(page)
  await page.route('**/api/logs/**', route => route.fulfill(problem(503, 'search-unavailable')))
  await explorer.open()
  await expect(page.getByRole('heading', { name: 'The search engine is not available' })).toBeVisible()
  await page.unroute('**/api/logs/**')
  await expect(explorer.rows.first()).toBeVisible()
})

test('A session that has ended leads to the sign-in page and back to where it was', async ({ page, context }) => {
  const explorer = new Explorer(page)
  await explorer.open()
  await expect(explorer.rows.first()).toBeVisible()
  await context.clearCookies()
  await explorer.ask('run:seed level:error')
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/logs\?q=run%3Aseed/)
  await expect(explorer.rows.first()).toBeVisible()
})

test('The way back after signing in never leads out', async ({ page, context }) => {
  await context.clearCookies()
  await page.goto('/sign-in?return=//evil.example/x')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/logs/)
  expect(new URL(page.url()).origin).toBe(address)
})

test('Too many tries to sign in say how long to wait', async ({ page, context }) => {
  await context.clearCookies()
  await page.route('**/api/identity/sign-in', route =>
    route.fulfill(problem(429, 'too-many-tries', { 'retry-after': '12' })),
  )
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill('x')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText(/Too many tries. Wait 1\d seconds./)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled()
})

test('Somebody without the permission is told so', async ({ page }) => {
  await page.route('**/api/identity/me', async route => {
    const session = await (await route.fetch()).json()
    await route.fulfill({ json: { ...session, permissions: [] } })
  })
  await page.goto('/logs')
  await expect(page.getByRole('heading', { name: 'You may not see this' })).toBeVisible()
})

test('Somebody without any room is told so', async ({ page }) => {
  await page.route('**/api/identity/me', async route => {
    const session = await (await route.fetch()).json()
    await route.fulfill({ json: { ...session, modules: [], permissions: [] } })
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Nothing here for you yet' })).toBeVisible()
})

test('Signing out leaves nothing behind', async ({ browser }) => {
  // A session of its own: signing out ends it on the server, and the other tests need theirs.
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, baseURL: address })
  const page = await context.newPage()
  await page.request.post('/api/identity/sign-in', { data: person })
  const explorer = new Explorer(page)
  await explorer.open('')
  await explorer.ask('secret-of-mine')
  await expect(page).toHaveURL(/secret-of-mine/)
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('secret-of-mine')
  await page.goto('/logs')
  await expect(page).toHaveURL(/\/sign-in/)
  await context.close()
})

test('The page breaks no rule of its content security policy', async ({ page }) => {
  const broken: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text())
  })
  const explorer = new Explorer(page)
  await explorer.open()
  await expect(explorer.rows.first()).toBeVisible()
  await explorer.bars.hover()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(broken).toEqual([])
})
