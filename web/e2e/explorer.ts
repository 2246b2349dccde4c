import { expect, type Locator, type Page } from '@playwright/test'

/** The explorer as a person handles it. */
export class Explorer {
  readonly page: Page
  readonly rows: Locator
  readonly query: Locator
  readonly panel: Locator
  readonly count: Locator
  readonly bars: Locator

  constructor(page: Page) {
    this.page = page
    this.rows = page.getByRole('grid').locator('[data-index]')
    this.query = page.getByRole('textbox', { name: 'Query' })
    this.panel = page.getByRole('complementary', { name: 'Record' })
    this.count = page.getByText(/^[\d.,]+k? records?$/)
    this.bars = page.getByRole('slider', { name: /^Records over time/ })
  }

  async open(search = 'q=run:seed') {
    await this.page.goto(`/logs?${search}`)
    await expect(this.page.locator('.cm-content')).toBeVisible()
  }

  async ask(query: string) {
    await this.query.click()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.type(query)
    await this.page.keyboard.press('Enter')
  }

  get isPhone() {
    return (this.page.viewportSize()?.width ?? 0) < 720
  }
}
