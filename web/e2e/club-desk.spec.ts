import { expect, test } from '@playwright/test'
import { book, dayAhead, nobody, settled, signIn } from './club'
import { person } from './host'

test('The desk finds a booking by its member and shows every step and call', async ({ page, browser }) => {
  test.setTimeout(150_000)
  const member = await browser.newPage({ storageState: nobody })
  await signIn(member.request, 'jun')
  const id = await book(member.request, /Altana/, `${dayAhead(9)}T19:00`)
  await settled(member.request, id)
  await member.close()

  await page.goto('/club')
  await expect(page).toHaveURL(/\/club\/desk$/)
  await page.getByLabel('Number, member, or id').fill(id)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Altana/ }).click()
  const panel = page.getByRole('complementary', { name: 'Booking' })
  await expect(panel.getByText('Confirmed', { exact: true })).toBeVisible()
  await expect(
    panel.getByRole('listitem').filter({ hasText: 'redeem' }).filter({ hasText: 'done' }).first(),
  ).toBeVisible()
  await expect(panel.getByText(/is confirmed under/)).toBeVisible()

  await page.getByRole('link', { name: 'Checks' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Every check holds')
})

test('Who may only read is offered nothing to do', async ({ browser }) => {
  const page = await browser.newPage({ storageState: nobody })
  await page.request.post('/api/identity/sign-in', {
    data: { email: 'viewer@rialto.example', password: person.password },
  })
  await page.goto('/club/desk')
  await expect(page.getByRole('link', { name: 'Queues' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Programme' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Ask now' })).toHaveCount(0)
  await page.close()
})
