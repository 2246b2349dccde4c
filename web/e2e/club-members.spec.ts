import { expect, test } from '@playwright/test'
import { book, dayAhead, experienceOf, faults, nobody, settled, signIn, summary } from './club'
import { person } from './host'

test.use({ storageState: nobody })

test('A member signs in, books by points with a double tap, and has one booking', async ({ page }, { retry }) => {
  test.setTimeout(150_000)
  // A second try is another member's, who has no booking yet either.
  const name = retry === 0 ? 'elena' : 'weiling'
  await page.goto('/club/me')
  await expect(page).toHaveURL(/\/club\/sign-in\?return=/)
  await page.getByLabel('E-mail or member number').fill(`${name}@example.test`)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('Name or password is not right.')
  await page.getByLabel('Password').fill(person.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/club\/me/)
  await expect(page.getByText('Nothing is booked.')).toBeVisible()

  const altana = await experienceOf(page.request, /Altana/)
  await summary(page, altana, dayAhead(6), '19:30')
  await page.getByRole('button', { name: 'Book for 300 points' }).dblclick()
  await expect(page).toHaveURL(/\/club\/bookings\//)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See you there', { timeout: 60_000 })
  await expect(page.getByText('300 points were spent.')).toBeVisible()

  await page.getByRole('link', { name: /^Yours/ }).click()
  await expect(page.getByRole('link', { name: /Altana.*Confirmed/ })).toHaveCount(1)
  await expect(page.getByText(/is confirmed under/)).toHaveCount(1)
})

test('While a vendor is down a booking is promised; when it is back it is confirmed, and the page says so by itself', async ({
  page,
  request,
}) => {
  test.setTimeout(150_000)
  await signIn(page.request, 'amara')
  const altana = await experienceOf(page.request, /Altana/)
  await faults(request, 'sevenrooms', [{ op: '*', kind: 'status-before', status: 503 }])
  try {
    await summary(page, altana, dayAhead(40), '20:00')
    await expect(page.getByText(/does not answer right now/)).toBeVisible()
    await page.getByRole('button', { name: 'Book for 300 points' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('We are securing your places')
    await expect(page.getByText(/We will confirm by .* \(Rome time\)/)).toBeVisible()
    await expect(page.getByText('Your 300 points are set aside, not spent.')).toBeVisible()
  } finally {
    await faults(request, 'sevenrooms', [])
  }
  await page.getByRole('button', { name: 'Keep waiting' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See you there', { timeout: 120_000 })
})

test('Not enough points is said, and the card is there instead', async ({ page }) => {
  await signIn(page.request, 'noah')
  const id = await experienceOf(page.request, /Kumo/)
  await page.goto(`/club/experiences/${id}?date=${dayAhead(5)}&tickets=1`)
  await page.getByRole('button', { name: /^18:00/ }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('You have 1,250 points, which is not enough')).toBeVisible()
  await expect(page.getByRole('radio', { name: /points/ })).toBeDisabled()
  await expect(page.getByRole('button', { name: /^Go on to pay JPY/ })).toBeEnabled()
})

test('A member sees only his own, and nothing of the house behind it', async ({ page, browser }) => {
  await signIn(page.request, 'camille')
  const id = await book(page.request, /Altana/, `${dayAhead(8)}T21:00`)
  await settled(page.request, id)

  const other = await browser.newPage({ storageState: nobody })
  await signIn(other.request, 'weiling')
  expect((await other.request.get(`/api/club/bookings/${id}`)).status()).toBe(404)
  await other.goto(`/club/bookings/${id}`)
  await expect(other.getByText('There is no such booking of yours.')).toBeVisible()
  for (const path of ['/logs', '/club/desk', '/status']) {
    await other.goto(path)
    await expect(other).toHaveURL(/\/club$/)
    await expect(other.getByRole('navigation', { name: 'The Club' })).toBeVisible()
  }
  await other.close()
})
