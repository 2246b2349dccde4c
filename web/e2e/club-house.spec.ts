import { expect, type Page, test } from '@playwright/test'
import { colleague, itemOf, nobody, signIn } from './club'

test.setTimeout(150_000)

/** A picture that a camera could have made, without a file in the repository. */
async function pictureOf(page: Page, width = 2_400, height = 1_600): Promise<Buffer> {
  const data = await page.evaluate(
    ([width, height]) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const pen = canvas.getContext('2d')
      if (pen) {
        pen.fillStyle = 'teal'
        pen.fillRect(0, 0, width, height / 2)
      }
      return canvas.toDataURL('image/png')
    },
    [width, height] as const,
  )
  return Buffer.from(data.split(',')[1] ?? '', 'base64')
}

test('A change of points is proposed by one and approved by another; nobody approves his own', async ({
  page,
  browser,
}) => {
  const member = await browser.newPage({ storageState: nobody })
  await signIn(member.request, 'elena')
  await member.close()
  const why = `For the lost evening ${crypto.randomUUID().slice(0, 8)}`
  await page.goto('/club/desk/points')
  await page.getByRole('button', { name: 'Propose a change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Who').fill('elena@example.test')
  await expect(dialog.getByRole('radio')).toHaveCount(1)
  await dialog.getByRole('radio').check()
  await dialog.getByRole('textbox', { name: 'Points' }).fill('1,250')
  await dialog.getByLabel('Why').fill(why)
  await dialog.getByRole('button', { name: 'Propose a change' }).click()
  const row = page.getByRole('row').filter({ hasText: why })
  await expect(row).toContainText('+1,250')
  await expect(row).toContainText('Somebody else has to approve it.')
  await expect(row.getByRole('button', { name: 'Approve' })).toHaveCount(0)
  await expect(row.getByRole('button', { name: 'Withdraw' })).toBeVisible()

  const other = await colleague(browser, page.request, 'club-ops')
  await other.goto('/club/desk/points')
  const theirs = other.getByRole('row').filter({ hasText: why })
  await theirs.getByRole('button', { name: 'Approve' }).click()
  await expect(theirs).toContainText('Approved')
  await theirs.getByLabel("Memberson's transaction").fill('TX-4711')
  await theirs.getByRole('button', { name: 'Entered' }).click()
  await expect(theirs).toContainText('TX-4711')

  // Club operations see how the vendors are without being the platform's operators.
  await other.goto('/club/desk')
  await expect(other.getByRole('list', { name: 'Vendors' }).getByRole('listitem').first()).toBeVisible()
  await other.close()
})

test('A piece gets a picture, which is made small in the browser, and members see it', async ({ page, browser }) => {
  await page.goto('/club/desk/collection?edit=new')
  const title = `Glass of Murano ${crypto.randomUUID().slice(0, 8)}`
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Give it a title.')).toBeVisible()
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Business unit').fill('Boutiques')
  await dialog.getByLabel('Price in points, for one').fill('700')
  await dialog.getByLabel(/^How many come in/).fill('12')
  const stored = page.waitForResponse(answer => answer.url().endsWith('/curation/pictures'))
  await dialog
    .getByLabel('Add a picture')
    .setInputFiles({ name: 'murano.png', mimeType: 'image/png', buffer: await pictureOf(page) })
  expect(await (await stored).json()).toMatchObject({ width: 1_600, height: 1_067 })
  await expect(dialog.getByRole('button', { name: 'Remove picture 1' })).toBeVisible()
  await dialog.getByLabel('State').selectOption('published')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('row').filter({ hasText: title })).toContainText('12')

  const member = await browser.newPage({ storageState: nobody, viewport: { width: 390, height: 844 } })
  await signIn(member.request, 'amara')
  await member.goto(`/club/items/${await itemOf(member.request, new RegExp(title))}`)
  const picture = member.getByRole('article').locator('img').first()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  // A phone fetches no more of it than it shows.
  const source = () => picture.evaluate((image: HTMLImageElement) => image.currentSrc)
  await expect.poll(source).toMatch(/\?width=480$/)
  const narrow = await member.evaluate(
    async address => {
      const image = await createImageBitmap(await (await fetch(address)).blob())
      return [image.width, image.height]
    },
    await source(),
  )
  expect(narrow).toEqual([480, 320])
  await member.close()
})

test('Of a picture that is not taken the reason is told', async ({ page }) => {
  await page.goto('/club/desk/collection?edit=new')
  const dialog = page.getByRole('dialog')
  const add = dialog.getByLabel('Add a picture')
  await add.setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: await pictureOf(page, 8, 8) })
  // The host's own word, in the reader's language.
  await expect(dialog.getByRole('alert')).toHaveText('This is no JPEG, PNG or WebP picture of 16 to 6000 pixels.')
  // What the browser cannot open is not even sent.
  await add.setInputFiles({ name: 'not.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') })
  await expect(dialog.getByRole('alert')).toHaveText(/could not be taken/)
  await page.route('**/curation/pictures', route => route.abort())
  await add.setInputFiles({ name: 'fine.png', mimeType: 'image/png', buffer: await pictureOf(page, 64, 64) })
  await expect(dialog.getByRole('alert')).toHaveText('Rialto does not answer')
  await page.unroute('**/curation/pictures')
  await add.setInputFiles({ name: 'fine.png', mimeType: 'image/png', buffer: await pictureOf(page, 64, 64) })
  await expect(dialog.getByRole('button', { name: 'Remove picture 1' })).toBeVisible()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})
