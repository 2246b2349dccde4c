import { readFile } from 'node:fs/promises'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { fillIn, labelled, service, shownOnce, signIn, signOut, stepNow, totp } from './admin'
import { nobody } from './club'
import { check } from './look'

const late = { timeout: 60_000 }

const rooms = (page: Page) => page.getByRole('navigation', { name: 'Rooms' })

/** A dialog that was sent is gone when all went well. */
const done = (page: Page) => expect(page.getByRole('dialog')).toHaveCount(0)

test('Somebody is invited with a role of our own, joins, sees only what it allows, and signs in with a second factor', async ({
  page,
  browser,
}, { project }) => {
  test.setTimeout(150_000)
  await page.goto('/admin/roles')
  await fillIn(page, 'New role', { 'Short name': 'night-watch', Title: 'Night watch', 'logs.read': 'checked' }, 'Save')
  await expect(page.getByRole('rowheader', { name: 'Night watch' })).toBeVisible()
  await page.getByRole('link', { name: 'Invitations' }).click()
  const newcomer = { email: 'nina@rialto.example', password: 'a bridge of white stone' }
  await fillIn(page, 'Invite somebody', { 'E-mail': newcomer.email, 'Night watch': 'checked' }, 'Invite')
  const [link] = await shownOnce(page, 'The link')

  const context = await browser.newContext({ ...project.use, storageState: nobody })
  const hers = await context.newPage()
  await hers.goto(link ?? '')
  await hers.getByLabel('Your name').fill('Nina Night')
  await hers.getByLabel('A password').fill('password')
  await hers.getByRole('button', { name: 'Join' }).click()
  await expect(hers.getByText(/at least 10 characters/i).first()).toBeVisible()
  await hers.getByLabel('A password').fill(newcomer.password)
  await hers.getByRole('button', { name: 'Join' }).click()
  await expect(hers).toHaveURL(/\/logs/)
  await expect(rooms(hers).getByRole('link', { name: 'Logs' })).toBeVisible()
  await expect(rooms(hers).getByRole('link', { name: 'Admin' })).toHaveCount(0)
  await expect(rooms(hers).getByRole('link', { name: 'Platform health' })).toHaveCount(0)
  await hers.goto('/admin/users')
  await expect(hers.getByRole('heading', { name: 'You may not see this' })).toBeVisible()

  await enrol(hers, newcomer)
  await context.close()
})

/** Turns the second factor on, then signs in by an authenticator's code and by a recovery code. */
async function enrol(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Turn on' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: 'Picture for the authenticator' })).toBeVisible()
  const secret = (await dialog.locator('code').textContent()) ?? ''
  const step = stepNow()
  await dialog.getByLabel('Six digits').fill(totp(secret, step))
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  const kept = page.getByRole('dialog', { name: 'Your recovery codes' }).getByRole('listitem')
  await expect(kept.first()).toBeVisible()
  const codes = await kept.allInnerTexts()
  expect(codes.length).toBeGreaterThan(5)
  await page.getByRole('button', { name: 'I have kept them' }).click()

  await signOut(page)
  await signIn(page, email, password)
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('That code is not right.')
  // The code that confirmed is used up; the next one is already good, as clocks differ.
  await page.getByLabel('Code', { exact: true }).fill(totp(secret, Math.max(step + 1, stepNow())))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/logs/)

  await signOut(page)
  await signIn(page, email, password)
  await page.getByLabel('Code', { exact: true }).fill(codes[0] ?? '')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/logs/)
  await page.goto('/account')
  await expect(page.getByText(`${codes.length - 1} recovery codes left`)).toBeVisible()
}

test('A key of a new application sends a record until it is revoked, and the audit tells it all', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000)
  await page.goto('/admin/plans')
  await fillIn(page, 'New plan', { Name: 'night', 'Requests per second': '50' }, 'Save')
  await expect(page.getByRole('rowheader', { name: 'night' })).toBeVisible()
  await page.getByRole('link', { name: 'Applications and keys' }).click()
  await fillIn(page, 'New application', { Name: 'lighthouse' }, 'Save')
  await done(page)
  await page.getByRole('button', { name: 'New key', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(labelled('Name')).fill('lamp')
  await dialog.getByRole('combobox', { name: 'Application' }).click()
  await page.getByRole('option', { name: 'lighthouse' }).click()
  await dialog.getByRole('combobox', { name: 'Usage plan' }).click()
  await page.getByRole('option', { name: 'night' }).click()
  await dialog.getByLabel('logs.write').check()
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const [key] = await shownOnce(page, 'The new key')
  await expect.poll(() => sends(request, key ?? ''), late).toBe(200)

  await page.getByRole('row', { name: /lamp/ }).getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await done(page)
  await expect.poll(() => sends(request, key ?? ''), late).toBe(401)

  await page.getByRole('link', { name: 'Audit' }).click()
  await page.getByRole('textbox', { name: 'Action' }).fill('identity.key')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page.getByRole('row', { name: /identity\.key\.revoke/ }).first()).toBeVisible()
  await expect(page.getByRole('rowheader', { name: /^gateway\./ })).toHaveCount(0)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toContain('identity.key.revoke')
  expect(text).not.toContain('identity.role.')
  await page.getByRole('button', { name: 'Check the chain' }).click()
  await expect(page.getByText(/The chain holds/)).toBeVisible()
})

async function sends(request: APIRequestContext, key: string): Promise<number> {
  const answer = await request.post('/api/logs/records', {
    headers: { Authorization: `Bearer ${key}` },
    data: [{ level: 'info', service: 'lighthouse', body: 'The lamp is lit' }],
  })
  return answer.status()
}

test('What is kept of somebody invited is handed out, and then forgotten for good', async ({ page }) => {
  test.setTimeout(120_000)
  const email = 'piero@rialto.example'
  await page.goto('/admin/invitations')
  await fillIn(page, 'Invite somebody', { 'E-mail': email, Name: 'Piero Passing', Viewer: 'checked' }, 'Invite')
  await shownOnce(page, 'The link')
  await page.getByRole('link', { name: 'People', exact: true }).click()
  await page.getByRole('button', { name: 'Actions for Piero Passing' }).click()
  await page.getByRole('menuitem', { name: 'Personal data' }).click()
  const dialog = page.getByRole('dialog', { name: 'Personal data of Piero Passing' })
  await dialog.getByRole('button', { name: 'Collect the data' }).click()
  const offered = dialog.getByRole('button', { name: 'Download as JSON' })
  await expect(offered).toBeVisible(late)
  const account = dialog.getByRole('listitem').filter({ hasText: 'Account and sign-in' })
  await account.getByText('Account and sign-in').click()
  await expect(account.getByText(`"email": "${email}"`)).toBeVisible()
  await check(page, 'admin-personal-data')
  const download = page.waitForEvent('download')
  await offered.click()
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(file).toMatchObject({ state: 'ready', subject: { email }, missing: [] })

  await dialog.getByRole('button', { name: 'Erase this person' }).click()
  const sure = page.getByRole('dialog', { name: 'Erase Piero Passing for good' })
  await expect(sure.getByText(/This cannot be undone/)).toBeVisible()
  await check(page, 'admin-erase')
  await sure.getByLabel(labelled('Reason')).fill('Asked for it by letter')
  await sure.getByRole('button', { name: 'Erase for good' }).click()
  await expect(dialog.getByText('Every part has forgotten this person')).toBeVisible(late)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await done(page)
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expect(page.getByText(email)).toHaveCount(0)
  await page.getByRole('link', { name: 'Invitations' }).click()
  await expect(page.getByText(email)).toHaveCount(0)
})

test('A route goes from draft to force, is changed, and goes back by its revision', async ({ page, request }) => {
  test.setTimeout(150_000)
  const [first, second] = [await service('first'), await service('second')]
  const answers = async () => {
    const answer = await request.get('/tide/now')
    const fromService = answer.headers()['content-type']?.startsWith('application/json')
    // Any other address is a page of the application.
    return fromService ? (await answer.json()).service : 'nobody'
  }
  await page.goto('/admin/routes')
  const route = { Name: 'tide', Path: '/tide', 'Anybody may call it without a key': 'checked' }
  await fillIn(page, 'New route', { ...route, Services: `${first.address} 100` }, 'Save as a draft')
  await expect(page.getByText('In the draft')).toBeVisible()
  expect(await answers()).toBe('nobody')
  await page.getByRole('button', { name: 'Put into force' }).click()
  await expect.poll(answers, late).toBe('first')

  await fillIn(page, 'Change', { Services: `${second.address} 100` }, 'Save as a draft')
  await page.getByRole('button', { name: 'Put into force' }).click()
  await expect.poll(answers, late).toBe('second')

  await page.getByRole('link', { name: 'As JSON' }).click()
  await page.getByRole('button', { name: 'Back to the one before' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Back to the one before' }).click()
  await expect.poll(answers, late).toBe('first')

  await fillIn(page, 'Write a draft', { Document: '{ "routes": "none" }', Note: 'Not a list' }, 'Save as a draft')
  await expect(page.getByText(/has faults/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Put into force' })).toHaveCount(0)
  expect(await answers()).toBe('first')
  await Promise.all([first.end(), second.end()])
})
