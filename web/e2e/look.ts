import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { screenshots } from './host'

/** Keeps what the page looks like and holds it against WCAG 2.2 AA. */
export async function check(page: Page, name: string) {
  const project = test.info().project.name
  await page.screenshot({ path: `${screenshots}/${name}-${project}.png`, animations: 'disabled' })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.html} ${node.failureSummary}`).join('\n')}`),
  ).toEqual([])
}
