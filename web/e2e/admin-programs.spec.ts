import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { fillIn, shownOnce } from './admin'
import { nobody } from './club'
import { address } from './host'

const late = { timeout: 60_000 }

/** A program: whatever it may, it may by what it presents, and by no session. */
let program: APIRequestContext

test.beforeAll(async ({ playwright }) => {
  program = await playwright.request.newContext({ baseURL: address, storageState: nobody })
})

test.afterAll(() => program.dispose())

const bearing = (token = '') => ({ headers: { Authorization: `Bearer ${token}` } })

async function sends(token: string | undefined): Promise<number> {
  const data = [{ level: 'info', service: 'bakery', body: 'The bread is in the oven' }]
  return (await program.post('/api/logs/records', { ...bearing(token), data })).status()
}

const searches = async (token: string | undefined) =>
  (await program.get('/api/logs/search?limit=1', bearing(token))).status()

/** Asks for a token as RFC 6749 has it. */
async function token(id: string, secret: string) {
  const answer = await program.post('/oauth/token', {
    form: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
  })
  return { status: answer.status(), body: (await answer.json()) as Record<string, string> }
}

/** Presses a button of a row and says yes to what it asks. */
async function act(page: Page, row: RegExp, button: string) {
  await page.getByRole('row', { name: row }).getByRole('button', { name: button }).click()
  await page.getByRole('dialog').getByRole('button', { name: button }).click()
}

test('An OAuth client gets tokens by its secret, which is shown once, is renewed, and ends with the client', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.goto('/admin/clients')
  await fillIn(page, 'New client', { Name: 'bakery', 'logs.write': 'checked' }, 'Make the client')
  const [id = '', secret = ''] = await shownOnce(page, 'The client’s credentials')
  expect(secret.length).toBeGreaterThan(20)
  await page.reload()
  const row = page.getByRole('row', { name: /bakery/ })
  await expect(row).toContainText(id)
  expect(await page.content()).not.toContain(secret)

  expect((await token(id, `${secret}x`)).body).toMatchObject({ error: 'invalid_client' })
  const given = await token(id, secret)
  expect(given).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'logs.write' } })
  expect(await sends(given.body.access_token)).toBe(200)
  // Nothing but what it was given.
  expect(await searches(given.body.access_token)).toBe(403)

  await act(page, /bakery/, 'New secret')
  const [same = '', renewed = ''] = await shownOnce(page, 'The client’s credentials')
  expect(same).toBe(id)
  expect((await token(id, secret)).status).toBe(401)
  expect((await token(id, renewed)).status).toBe(200)
  // A token of the old secret is good until it ends.
  expect(await sends(given.body.access_token)).toBe(200)

  await act(page, /bakery/, 'Revoke')
  await expect(row).toContainText('Revoked')
  expect((await token(id, renewed)).status).toBe(401)
  await expect.poll(() => sends(given.body.access_token), late).toBe(401)
})

test('A token of one’s own does what it was made for and nothing else, until it is ended', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto('/account')
  await fillIn(page, 'New token', { Name: 'nightly report', 'logs.read': 'checked' }, 'Make the token')
  const [mine = ''] = await shownOnce(page, 'The new token')
  expect(await searches(mine)).toBe(200)
  expect(await sends(mine)).toBe(403)
  // A token makes no further ones.
  expect((await program.get('/api/admin/users', bearing(mine))).status()).toBe(403)
  expect(await searches(`${mine}x`)).toBe(401)

  await page.reload()
  await expect(page.getByRole('row', { name: /nightly report/ })).toContainText('logs.read')
  expect(await page.content()).not.toContain(mine)
  await act(page, /nightly report/, 'End this token')
  await expect(page.getByRole('row', { name: /nightly report/ })).toHaveCount(0)
  await expect.poll(() => searches(mine), late).toBe(401)
})

test('A developer makes a key, tries a call with it, sees what it used, and revokes it', async ({ page }) => {
  test.setTimeout(150_000)
  await page.goto('/developers')
  await fillIn(page, 'New key', { Name: 'window sign', 'logs.read': 'checked' }, 'Make the key')
  const [key = ''] = await shownOnce(page, 'Your new key')
  const calls = page.getByRole('navigation', { name: 'Calls' })
  await calls.getByRole('searchbox', { name: 'Search calls' }).fill('histogram')
  await calls.getByRole('link', { name: /\/api\/logs\/histogram$/ }).click()
  const tryIt = async (presented: string, status: string) => {
    await page.getByLabel('Key', { exact: true }).fill(presented)
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(page.getByRole('status').filter({ hasText: status })).toBeVisible()
  }
  await tryIt(key, '200')
  await expect(page.getByText('"stepSeconds"').first()).toBeVisible()
  await tryIt(`${key}x`, '401')
  // What stands in the examples is a call to copy, without anybody's key.
  await expect(page.getByRole('tabpanel')).not.toContainText(key)

  const used = page.getByRole('heading', { name: 'window sign' }).locator('..')
  await expect(async () => {
    await page.goto('/developers')
    await expect(used).toContainText(/(?<!\d)1 request in 30 days/, { timeout: 5_000 })
  }).toPass(late)

  await act(page, /window sign/, 'Revoke')
  await expect(page.getByRole('row', { name: /window sign/ })).toHaveCount(0)
  await expect.poll(() => searches(key), late).toBe(401)
})
