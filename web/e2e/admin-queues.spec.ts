import { expect, test } from '@playwright/test'
import { check } from './look'
import { sql } from './postgres'

const late = { timeout: 60_000 }

/** An event of the demo organization that only the audit has to handle; its body says whether that can be done. */
const event = (body: string) => `
  WITH published AS (
    INSERT INTO platform.envelope (id, type, key, organization, actor, at, body)
    SELECT gen_random_uuid(), 'identity.personal-data-asked', 'person:walk', number, 'demo', now(), '${body}' FROM identity.organization ORDER BY number LIMIT 1
    RETURNING position, key)
  INSERT INTO platform.delivery (handler, key, position) SELECT 'audit.personal-data', key, position FROM published;`

const readable = `{"request":"${crypto.randomUUID()}","person":"${crypto.randomUUID()}"}`

test('An event that nobody can handle is parked with what follows it, and goes on when it is tried again', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await sql(`${event('{"request":"broken"}')} ${event(readable)} SELECT pg_notify('rialto_outbox', '')`)
  await page.goto('/admin/jobs')
  const parked = page.getByRole('row', { name: /identity\.personal-data-asked.*audit\.personal-data.*person:walk/s })
  await expect(parked).toBeVisible(late)
  // Why, how often, and how many wait behind it.
  await expect(parked).toContainText('JsonException')
  await expect(parked.getByRole('cell').nth(3)).toContainText('1')
  await check(page, 'admin-parked')

  // What is wrong with it is wrong still.
  const since = async () => {
    const answer = await page.request.get('/api/platform/deliveries/parked')
    const rows: { key: string; parkedAt: string }[] = await answer.json()
    return rows.find(({ key }) => key === 'person:walk')?.parkedAt
  }
  const before = await since()
  const again = parked.getByRole('button', { name: 'Try again' })
  await again.click()
  await expect(async () => {
    const now = await since()
    expect(now).toBeTruthy()
    expect(now).not.toBe(before)
  }).toPass(late)

  // Mended as a later version of its handler would: it goes, and what it held back after it.
  await sql(`UPDATE platform.envelope SET body = '${readable}' WHERE key = 'person:walk'`)
  await again.click(late)
  await expect(page.getByRole('heading', { name: 'Parked events' })).toHaveCount(0, late)
  expect(await since()).toBeUndefined()
})
