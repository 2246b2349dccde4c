import { expect, test } from '@playwright/test'
import { adminPages } from '../src/features/admin/pages'
import { check } from './look'

/** In one visit, from page to page as a reader goes: most of the time of a page is its first load. */
test('Every page of the administration can be used by everybody', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('/admin/users')
  // The platform's health is looked at where it is at home.
  for (const { to, name } of adminPages.filter(({ to }) => to !== '/status')) {
    const link = page.locator(`a[href="${to}"]`).last()
    await link.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText((await link.textContent()) ?? '')
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await check(page, `admin-${name}`)
  }
})

test('One’s own account and the developers’ start can be used by everybody', async ({ page }) => {
  await page.goto('/account')
  await expect(page.getByRole('heading', { name: 'My tokens' })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await check(page, 'my-account')
  await page.getByRole('button', { name: 'Collect my data' }).click()
  await expect(page.getByRole('button', { name: 'Download as JSON' })).toBeVisible({ timeout: 60_000 })
  await page.getByText('Account and sign-in').click()
  await page.getByText('Account and sign-in').scrollIntoViewIfNeeded()
  await check(page, 'my-data')
  await page.goto('/developers')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await check(page, 'developers')
})
