import { expect, test } from '@playwright/test'
import { Explorer } from './explorer'
import { send } from './records'

const strip = 'Live'

test('A record that is sent appears at once, and only if it matches', async ({ page, request }) => {
  const run = `live-${Date.now()}`
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run} level:error&live=1`)
  await expect(page.getByRole('status').filter({ hasText: strip })).toHaveText('Live')
  await send(request, [
    { level: 'info', body: 'not this one', run },
    { level: 'error', body: 'this one arrives live', run },
  ])
  await expect(explorer.rows).toHaveCount(1)
  await expect(explorer.rows.first()).toContainText('this one arrives live')
})

test('Scrolling holds the list, the pill lets it run on', async ({ page, request }) => {
  const run = `hold-${Date.now()}`
  const many = (from: number) =>
    Array.from({ length: 60 }, (_, at) => ({ level: 'info', body: `record ${from + at}`, run }))
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run}&live=1`)
  await expect(page.getByRole('status').filter({ hasText: strip })).toHaveText('Live')
  await send(request, many(1))
  await expect(explorer.rows.first()).toContainText('record 60')
  await page.getByRole('grid').evaluate(grid => grid.parentElement?.scrollTo({ top: 300 }))
  await expect(page.getByText('Held while you scroll')).toBeVisible()
  await send(request, many(61))
  await page.getByRole('button', { name: '60 new' }).click()
  await expect(explorer.rows.first()).toContainText('record 120')
  await expect(page.getByText('Held while you scroll')).toHaveCount(0)
})

test('Another filter replaces the list without a stale row', async ({ page, request }) => {
  const run = `swap-${Date.now()}`
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run} cats&live=1`)
  await expect(page.getByRole('status').filter({ hasText: strip })).toHaveText('Live')
  await send(request, [{ level: 'info', body: 'cats here', run }])
  await expect(explorer.rows).toHaveCount(1)
  await explorer.ask(`run:${run} dogs`)
  await expect(explorer.rows).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: strip })).toHaveText('Live')
  await send(request, [
    { level: 'info', body: 'cats again', run },
    { level: 'info', body: 'dogs at last', run },
  ])
  await expect(explorer.rows).toHaveCount(1)
  await expect(explorer.rows.first()).toContainText('dogs at last')
})

test('After a lost connection nothing is missing and nothing is doubled', async ({ page, context, request }) => {
  const run = `lost-${Date.now()}`
  const explorer = new Explorer(page)
  await explorer.open(`q=run:${run}&live=1`)
  await expect(page.getByRole('status').filter({ hasText: strip })).toHaveText('Live')
  await send(request, [{ level: 'info', body: 'before', run }])
  await expect(explorer.rows).toHaveCount(1)
  await context.setOffline(true)
  await page.evaluate(() => window.dispatchEvent(new Event('offline')))
  await send(request, [{ level: 'info', body: 'meanwhile', run }])
  await context.setOffline(false)
  await send(request, [{ level: 'info', body: 'after', run }])
  await expect(explorer.rows).toHaveCount(3, { timeout: 30_000 })
})
