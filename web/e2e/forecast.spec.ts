import { expect, type Page, test } from '@playwright/test'
import { ownTable } from './forecast'

const station = 'Via Roma'
const slow = { timeout: 60_000 }

test.describe.configure({ mode: 'serial' })
test.setTimeout(120_000)

async function load(page: Page) {
  await page.goto('/forecast/loads/new')
  await page
    .getByLabel('Choose a CSV file, or drop it here')
    .last()
    .setInputFiles({
      name: 'via-roma.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(ownTable(station, 150)),
    })
  await expect(page.getByText('Ready: this is how the rows will be read.')).toBeVisible()
  await page.getByRole('button', { name: 'Load it' }).click()
  await expect(page.getByText('Done', { exact: true })).toBeVisible(slow)
}

test('Somebody loads a table, sees what could not be read, and loading it again changes nothing', async ({ page }) => {
  await load(page)
  const rejects = page.getByRole('region', { name: 'What could not be taken' }).last()
  await expect(rejects.getByRole('row')).toHaveCount(2)
  await expect(rejects).toContainText('102')
  await expect(page.getByRole('link', { name: `NO2@${station}` })).toBeVisible()

  await load(page)
  await expect(page.getByText('All of it was known already: nothing has changed.')).toBeVisible()
})

async function train(page: Page, measure: string, k: string) {
  await page.goto(`/forecast/lab/new?series=${encodeURIComponent(`${measure}@${station}`)}`)
  await page.getByLabel('Steps ahead').fill('6')
  await page.getByRole('combobox', { name: 'Algorithm' }).click()
  await page.getByRole('option', { name: 'Nearest neighbours (KNN)' }).click()
  await page.getByLabel('Neighbours (k)').fill(k)
  await page.getByRole('button', { name: 'Start training' }).click()
  // The job's page gives way to the card of its model.
  await expect(page).toHaveURL(/\/forecast\/lab\/models\//, slow)
  await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible()
}

test('A model that is worse than doing nothing clever is refused, with the name of what is better', async ({
  page,
}) => {
  await train(page, 'PM10', '1')
  await expect(page.getByText('Not promoted').first()).toBeVisible()
  await page.getByRole('button', { name: 'Promote' }).click()
  await expect(page.getByText('It does not pass the gate, so it does not answer')).toBeVisible()
  await expect(page.getByText(/It was compared with/)).toBeVisible()
  await expect(page.getByText('Refused', { exact: true })).toBeVisible()
})

test('A model that passed answers when it is promoted; the forecast says how far it may be believed', async ({
  page,
}) => {
  await train(page, 'NO2', '40')
  await expect(page.getByText('May be promoted', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Promote' }).click()
  await expect(page.getByText('Answers now', { exact: true })).toBeVisible()

  await page.goto('/forecast/series?search=NO2 via')
  await page.getByRole('link', { name: 'NO2' }).click()
  await expect(page.getByText('Valid up to +6 h')).toBeVisible()
  await expect(page.locator('canvas').first()).toBeVisible()
  const steps = page.getByRole('region', { name: 'Step by step' }).last()
  await expect(steps.getByRole('row')).toHaveCount(25)
  await expect(steps.getByRole('row').last()).toContainText('usual at that time')

  await page.getByLabel(/^When/).fill('2027-04-01T12:00')
  await page.getByRole('button', { name: 'Predict' }).click()
  await expect(page.getByText(/^Not a forecast/)).toBeVisible()
})

test('A later version takes over and is taken back; then the one before answers again', async ({ page }) => {
  await train(page, 'NO2', '50')
  await page.getByRole('button', { name: 'Promote' }).click()
  await page.getByRole('button', { name: 'Go back to the one before' }).click()
  await expect(page.getByText('Answered before', { exact: true })).toBeVisible()
  await page.goto('/forecast/lab')
  const answering = page.getByRole('row', { name: /NO2/ }).filter({ hasText: 'Answers now' })
  await expect(answering).toHaveCount(1)
  await expect(answering.getByRole('link')).toHaveText(/ v1$/)
})

test('A training can be cancelled, and leaves no model', async ({ page }) => {
  await page.goto(`/forecast/lab/new?series=${encodeURIComponent(`NO2@${station}`)}`)
  await page.getByLabel('Steps between origins').fill('1')
  await page.getByLabel('Steps ahead').fill('48')
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(page).toHaveURL(/\/forecast\/lab\/jobs\//)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('It was cancelled. The models are as they were.')).toBeVisible(slow)
})

test('A test on an attached file measures it, and keeps neither the file nor a model', async ({ page }) => {
  const elsewhere = 'Piazza Grande'
  await page.goto('/forecast/lab')
  const models = page.getByRole('row').filter({ hasText: 'NO2' })
  await expect(models.first()).toBeVisible()
  const before = await models.count()

  await page.getByRole('link', { name: 'New run' }).click()
  await page.getByRole('radio', { name: 'Test on a file' }).check({ force: true })
  await expect(page.getByRole('button', { name: 'Start test' })).toBeDisabled()
  await page
    .getByLabel('Choose a CSV file, or drop it here')
    .last()
    .setInputFiles({
      name: 'piazza.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(ownTable(elsewhere, 90)),
    })
  await expect(page.getByText('Ready: this is how the rows will be read.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Column to forecast' }).click()
  await page.getByRole('option', { name: 'NO2' }).click()
  await page.getByLabel('Steps ahead').fill('3')
  await page.getByRole('button', { name: 'Start test' }).click()
  await expect(page).toHaveURL(/\/forecast\/lab\/jobs\//)
  await expect(page.getByText(/^This was a test/)).toBeVisible(slow)
  await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible()

  await page.goto('/forecast/lab')
  await expect(models).toHaveCount(before)
  await page.goto(`/forecast/series?search=${encodeURIComponent(elsewhere)}`)
  await expect(page.getByRole('heading', { name: 'No series of that name' })).toBeVisible()
})
