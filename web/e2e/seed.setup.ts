import { expect, test } from '@playwright/test'
import { person, signedIn } from './host'
import { found, send, shopRecords } from './records'

/** What the journeys look at. */
const seeded = { run: 'seed', records: 600 }

test('Somebody signs in and finds the records of a product', async ({ page, context, request }) => {
  await send(request, shopRecords(seeded.run, seeded.records))

  await page.goto('/logs?q=run%3Aseed')
  await expect(page).toHaveURL(/\/sign-in\?return=/)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('E-mail or password is not right.')

  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/logs\?q=run%3Aseed/)
  await found(page.request, 'run:seed', seeded.records)
  await context.storageState({ path: signedIn })
})
