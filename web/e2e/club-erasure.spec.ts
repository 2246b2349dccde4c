import { expect, test } from '@playwright/test'
import { labelled } from './admin'
import { nobody, signIn } from './club'
import { check } from './look'

const late = { timeout: 60_000 }

test('Of a member who is erased it is told what stays, and the desk asks the vendors', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const theirs = await browser.newPage({ storageState: nobody })
  await signIn(theirs.request, 'elena')
  const { user } = await (await theirs.request.get('/api/identity/me')).json()
  await theirs.close()

  await page.goto('/admin/users')
  await page.getByRole('button', { name: `Actions for ${user.name}` }).click()
  await page.getByRole('menuitem', { name: 'Personal data' }).click()
  const dialog = page.getByRole('dialog', { name: `Personal data of ${user.name}` })
  await dialog.getByRole('button', { name: 'Collect the data' }).click()
  await expect(dialog.getByText(/The vendor memberson has a copy/)).toBeVisible(late)
  // Records are found by no person: that is said, and until when they stay.
  await expect(
    dialog
      .getByRole('listitem')
      .filter({ hasText: /Records are what applications sent.*Until/s })
      .first(),
  ).toBeVisible()
  await check(page, 'admin-member-data')

  await dialog.getByRole('button', { name: 'Erase this person' }).click()
  const sure = page.getByRole('dialog', { name: `Erase ${user.name} for good` })
  await sure.getByLabel(labelled('Reason')).fill('Left the club')
  await sure.getByRole('button', { name: 'Erase for good' }).click()
  await expect(dialog.getByText('Every part has forgotten this person')).toBeVisible(late)
  await expect(dialog.getByText('What has stayed, and why:')).toBeVisible()
  await expect(dialog.getByText(/The vendor memberson has a copy/)).toBeVisible()
  await check(page, 'admin-member-erased')

  await page.goto('/club/desk/erasures')
  const task = page.getByRole('row', { name: /memberson.*customer/ }).first()
  await expect(task).toBeVisible()
  await check(page, 'desk-erasures')
  const left = await page.getByRole('button', { name: 'It has erased the person' }).count()
  await task.getByRole('button', { name: 'It has erased the person' }).click()
  await expect(page.getByRole('button', { name: 'It has erased the person' })).toHaveCount(left - 1)
  await expect(page.getByRole('row', { name: /memberson.*Done/ }).first()).not.toContainText('customer')
})
