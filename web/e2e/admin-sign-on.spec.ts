import { expect, type Page, test } from '@playwright/test'
import { connect, provider } from './admin'
import { nobody } from './club'

const rooms = (page: Page) => page.getByRole('navigation', { name: 'Rooms' })

test('People of a company sign in by its provider, and their groups say what they may', async ({ page, browser }, {
  project,
}) => {
  test.setTimeout(120_000)
  const company = await provider('company')
  await connect(page, {
    title: 'Company account',
    name: 'company',
    issuer: company.issuer,
    group: 'sellers',
    role: 'Club operations',
  })

  const context = await browser.newContext({ ...project.use, storageState: nobody })
  const theirs = await context.newPage()
  const enterAs = async (name: string) => {
    await context.clearCookies()
    await theirs.goto('/sign-in?return=%2Faccount')
    await theirs.getByRole('link', { name: 'Sign in with Company account' }).click()
    await theirs.getByLabel('Person').fill(name)
    await theirs.getByRole('button', { name: 'Sign in' }).click()
  }
  await enterAs('olga')
  await expect(theirs).toHaveURL(/\/account$/)
  await expect(theirs.getByText(/olga@one\.example/).first()).toBeVisible()
  await expect(rooms(theirs).getByRole('link', { name: 'Club' })).toBeVisible()
  await expect(rooms(theirs).getByRole('link', { name: 'Forecast' })).toHaveCount(0)
  await expect(rooms(theirs).getByRole('link', { name: 'Admin' })).toHaveCount(0)
  await enterAs('nora')
  await expect(theirs.getByText('None of your groups has a role here.')).toBeVisible()
  await context.close()
  company.end()
})

test('Who signs out is signed out at the provider too, and comes back to the page to sign in', async ({
  page,
  browser,
}, { project }) => {
  test.setTimeout(120_000)
  const guild = await provider('guild')
  await connect(page, { title: 'Guild account', name: 'guild', issuer: guild.issuer, group: 'bosses', role: 'Viewer' })

  const context = await browser.newContext({ ...project.use, storageState: nobody })
  const theirs = await context.newPage()
  const enter = async () => {
    await theirs.goto('/sign-in?return=%2Faccount')
    await theirs.getByRole('link', { name: 'Sign in with Guild account' }).click()
  }
  const asked = theirs.getByLabel('Person')
  const entered = theirs.getByText(/bob@one\.example/).first()
  await enter()
  await asked.fill('bob')
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await expect(entered).toBeVisible()

  // The provider knows him still when only the session here is gone.
  await context.clearCookies({ name: 'rialto.session' })
  await enter()
  await expect(entered).toBeVisible()

  await theirs.getByRole('button', { name: /^Account/ }).click()
  await theirs.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(theirs).toHaveURL(url => url.origin === guild.issuer && url.pathname === '/session/end')
  await theirs.getByRole('button', { name: 'Yes, sign me out' }).click()
  await expect(theirs).toHaveURL(/\/sign-in$/)
  await expect(theirs.getByRole('link', { name: 'Sign in with Guild account' })).toBeVisible()
  await theirs.goto('/account')
  await expect(theirs).toHaveURL(/\/sign-in\?/)

  // Now both have forgotten him.
  await enter()
  await expect(asked).toBeVisible()
  await context.close()
  guild.end()
})
