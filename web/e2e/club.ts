import { type APIRequestContext, type Browser, expect, type Page } from '@playwright/test'
import { person } from './host'

/** Members of the simulated Memberson; all have the demo's password. */
export type Name = 'amara' | 'jun' | 'elena' | 'weiling' | 'noah' | 'camille'

export const nobody = { cookies: [], origins: [] }

export async function signIn(request: APIRequestContext, name: Name) {
  const answer = await request.post('/api/club/sign-in', {
    data: { name: `${name}@example.test`, password: person.password },
  })
  expect(answer.status()).toBe(200)
}

/** A day so many days ahead, as the pages and the API write it. */
export const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export async function experienceOf(request: APIRequestContext, title: RegExp): Promise<string> {
  const { items } = await (await request.get('/api/club/experiences')).json()
  return items.find((one: { title: string }) => title.test(one.title)).id
}

/** Books by the API; returns the booking's id. */
export async function book(request: APIRequestContext, title: RegExp, startsAt: string): Promise<string> {
  const data = { experienceId: await experienceOf(request, title), startsAt, tickets: 1, pay: 'points' }
  const answer = await request.post('/api/club/bookings', { data, headers: { 'Idempotency-Key': crypto.randomUUID() } })
  expect([201, 202]).toContain(answer.status())
  return (await answer.json()).id
}

export async function settled(request: APIRequestContext, id: string) {
  const state = async () => (await (await request.get(`/api/club/bookings/${id}`)).json()).state
  await expect.poll(state, { timeout: 60_000 }).toBe('confirmed')
}

/** Chooses in the page what the address cannot say for it, and opens the summary. */
export async function summary(page: Page, id: string, date: string, time: string) {
  await page.goto(`/club/experiences/${id}?date=${date}&tickets=1`)
  const free = page.getByRole('button', { name: time, exact: true })
  const wish = page.getByLabel(/Ask for a time/)
  await expect(free.or(wish)).toBeVisible()
  if (await wish.isVisible()) await wish.fill(time)
  else await free.click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Steers a simulated vendor: the faults it has from now on; none to be well again. */
export async function faults(request: APIRequestContext, vendor: string, list: object[]) {
  const answer = await request.put(`${process.env.RIALTO_SIMULATORS}/_sim/${vendor}/faults`, { data: { faults: list } })
  expect(answer.status()).toBe(200)
}

export async function itemOf(request: APIRequestContext, title: RegExp): Promise<string> {
  const { items } = await (await request.get('/api/club/items')).json()
  return items.find((one: { title: string }) => title.test(one.title)).id
}

/** A colleague of the administrator with one role, invited and signed in. */
export async function colleague(browser: Browser, admin: APIRequestContext, role: string): Promise<Page> {
  const email = `${role}-${crypto.randomUUID().slice(0, 8)}@rialto.example`
  const invited = await admin.post('/api/admin/invitations', {
    data: { email, name: 'Carla Colleague', roles: [role] },
  })
  expect(invited.status(), await invited.text()).toBe(201)
  const { link } = (await invited.json()) as { link: string }
  const page = await browser.newPage({ storageState: nobody })
  const data = { token: new URL(link).hash.replace('#token=', ''), password: 'a long walk along the canal 7' }
  expect((await page.request.post('/api/identity/invitations/accept', { data })).status()).toBe(200)
  return page
}
