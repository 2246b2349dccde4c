import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test'
import { book, dayAhead, experienceOf, faults, itemOf, type Name, nobody, settled, signIn, summary } from './club'

test.setTimeout(180_000)
const late = { timeout: 60_000 }

/** A member's own browser; what an operator does is seen in the first one. */
async function member(browser: Browser, name: Name): Promise<Page> {
  const page = await browser.newPage({ storageState: nobody })
  await signIn(page.request, name)
  return page
}

const stateOf = async (request: APIRequestContext, id: string): Promise<string> =>
  (await (await request.get(`/api/club/bookings/${id}`)).json()).state

/** Says why in the dialog that asks for it. */
async function because(page: Page, reason: string, submit: string) {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Why').fill(reason)
  await dialog.getByRole('button', { name: submit }).click()
  await expect(dialog).toHaveCount(0)
}

test('A queue that is paused keeps its booking while others are done; let run, it is done', async ({
  page,
  browser,
  request,
}) => {
  const theirs = await member(browser, 'weiling')
  const [held, other] = [dayAhead(51), dayAhead(52)]
  let waits = ''
  await faults(request, 'sevenrooms', [{ op: '*', kind: 'status-before', status: 503 }])
  try {
    waits = await book(theirs.request, /Altana/, `${held}T20:00`)
    await page.goto('/club/desk/lanes')
    const pause = page.getByRole('row', { name: held }).getByRole('button', { name: 'Pause' })
    await expect(pause).toBeVisible(late)
    await pause.click()
    await because(page, 'The house counts its tables', 'Pause')
  } finally {
    await faults(request, 'sevenrooms', [])
  }
  const row = page.getByRole('row', { name: held })
  await expect(row).toContainText('Paused: The house counts its tables')

  // The vendor is well again: the same house takes another day's booking.
  await settled(theirs.request, await book(theirs.request, /Altana/, `${other}T20:00`))
  expect(await stateOf(theirs.request, waits)).not.toBe('confirmed')
  await expect(row).toContainText('Paused')

  // What does not work is told where it was asked for.
  const refusal = { status: 409, contentType: 'application/problem+json', body: '{"code":"not-paused","status":409}' }
  await page.route('**/desk/lanes/*/resume', route => route.fulfill(refusal), { times: 1 })
  await row.getByRole('button', { name: 'Let it run' }).click()
  await expect(row.getByRole('alert')).toHaveText('This queue is not paused.')

  await row.getByRole('button', { name: 'Let it run' }).click()
  await settled(theirs.request, waits)
  await expect(row).toHaveCount(0, late)
  await theirs.close()
})

test('A booking that cannot go on waits for a person, who sends it on', async ({ page, browser, request }) => {
  const theirs = await member(browser, 'noah')
  await summary(theirs, await experienceOf(theirs.request, /Altana/), dayAhead(31), '20:30')
  await theirs.getByRole('radio', { name: /EUR/ }).check()
  await theirs.getByRole('button', { name: /^Go on to pay/ }).click()
  await theirs.getByRole('button', { name: 'Pay' }).click(late)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('See you there', late)
  const id = new URL(theirs.url()).pathname.split('/').at(-1) ?? ''

  await faults(request, 'stripe', [{ op: 'create-refund', kind: 'status-before', status: 400 }])
  try {
    await theirs.getByRole('button', { name: 'Cancel the booking' }).click()
    await theirs.getByRole('button', { name: 'Yes, cancel it' }).click()
    await expect.poll(() => stateOf(theirs.request, id), late).toBe('needs-operator')
  } finally {
    await faults(request, 'stripe', [])
  }

  // It stands before everything else of the day, without a search.
  await page.goto('/club/desk')
  await page
    .getByRole('row', { name: /Needs a person/ })
    .getByRole('button', { name: /Altana/ })
    .click()
  const panel = page.getByRole('complementary', { name: 'Booking' })
  await expect(panel.getByText('Needs a person', { exact: true })).toBeVisible()
  await panel.getByRole('button', { name: 'Send on' }).click()
  await because(page, 'The account was topped up', 'Send on')
  await expect(panel.getByText('Cancelled', { exact: true })).toBeVisible(late)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Cancelled, as you wished', late)
  await theirs.close()
})

test('A mail that its provider refuses is parked, and goes out when somebody tries it again', async ({
  page,
  browser,
  request,
}) => {
  const theirs = await member(browser, 'camille')
  const inbox = async () => {
    const answer = await request.get(`${process.env.RIALTO_SIMULATORS}/_sim/mail/effects`)
    return (await answer.text()).split('camille@example.test').length - 1
  }
  const before = await inbox()
  await faults(request, 'mail', [{ op: 'send', kind: 'status-before', status: 422 }])
  const mails = page.getByRole('row', { name: /platform\.mail.*refused/ })
  try {
    const answer = await theirs.request.post('/api/club/redemptions', {
      data: { itemId: await itemOf(theirs.request, /Tea/), quantity: 1, pay: 'points' },
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    })
    expect([201, 202]).toContain(answer.status())
    await settled(theirs.request, (await answer.json()).id)
    await page.goto('/admin/jobs?state=parked')
    await expect(mails.first()).toBeVisible(late)
  } finally {
    await faults(request, 'mail', [])
  }
  expect(await inbox()).toBe(before)

  await expect(async () => {
    await mails.getByRole('button', { name: 'Try again' }).first().click({ timeout: 5_000 })
    await expect(mails).toHaveCount(0, { timeout: 5_000 })
  }).toPass(late)
  await expect.poll(inbox, late).toBeGreaterThan(before)
  await theirs.close()
})
