import { expect, test } from '@playwright/test'
import { dayAhead, experienceOf, faults, itemOf, nobody, settled, signIn, summary } from './club'

test.use({ storageState: nobody })
test.setTimeout(150_000)
const slow = { timeout: 60_000 }

test('A member pays by card: a declined card, back without paying, then paid, and cancelled for the money back', async ({
  page,
}) => {
  await signIn(page.request, 'jun')
  await summary(page, await experienceOf(page.request, /Altana/), dayAhead(14), '20:00')
  await page.getByRole('radio', { name: /EUR/ }).check()
  await page.getByRole('button', { name: /^Go on to pay EUR.60\.00/ }).click()

  // The card company's own page: what is typed there never comes here.
  await page.getByRole('radio', { name: /declined/ }).check(slow)
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect(page.getByRole('alert')).toContainText('Your card was declined')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page).toHaveURL(/\/club\/bookings\/[0-9a-f-]{36}\?back=/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One step left')

  await page.getByRole('button', { name: 'Pay now' }).click()
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect(page).toHaveURL(/\/club\/bookings\/[0-9a-f-]{36}\?paid=/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See you there', slow)
  await expect(page.getByText(/EUR.60\.00 were charged\./)).toBeVisible()

  await page.getByRole('button', { name: 'Cancel the booking' }).click()
  await expect(page.getByText('The money goes back to your card.')).toBeVisible()
  await page.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancelled, as you wished', slow)
  await expect(page.getByText(/are on their way back to your card/)).toBeVisible()
})

test('A member calls a booking off while it waits: everything set aside comes back at once', async ({
  page,
  request,
}) => {
  await signIn(page.request, 'jun')
  const held = async () => (await (await page.request.get('/api/club/me')).json()).points.held
  expect(await held()).toBe(0)
  const altana = await experienceOf(page.request, /Altana/)
  await faults(request, 'sevenrooms', [{ op: '*', kind: 'status-before', status: 503 }])
  try {
    await summary(page, altana, dayAhead(45), '20:00')
    await page.getByRole('button', { name: 'Book for 300 points' }).click()
    await expect(page.getByText('Your 300 points are set aside, not spent.')).toBeVisible(slow)
    expect(await held()).toBe(300)
    await page.getByRole('button', { name: 'Cancel the booking' }).click()
    await page.getByRole('button', { name: 'Yes, cancel it' }).click()
  } finally {
    await faults(request, 'sevenrooms', [])
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancelled, as you wished', { timeout: 120_000 })
  await expect.poll(held).toBe(0)
})

test('A member redeems two tins by points and a candle by card', async ({ page }) => {
  await signIn(page.request, 'camille')
  await page.goto(`/club/items/${await itemOf(page.request, /Tea/)}`)
  await page.getByRole('button', { name: 'One more' }).click()
  await page.getByRole('button', { name: 'Redeem' }).click()
  await page.getByRole('button', { name: 'Book for 500 points' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is yours', slow)
  await expect(page.getByText('500 points were spent.')).toBeVisible()
  await expect(page.getByText('Collection code')).toBeVisible()

  await page.goto(`/club/items/${await itemOf(page.request, /candle/)}`)
  await page.getByRole('button', { name: 'Redeem' }).click()
  await page.getByRole('radio', { name: /SGD/ }).check()
  await page.getByRole('button', { name: /^Go on to pay SGD.75\.00/ }).click()
  await page.getByRole('button', { name: 'Pay' }).click(slow)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is yours', slow)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await settled(page.request, id)
})
