import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, type Page } from '@playwright/test'
import { address } from './host'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const stepNow = () => Math.floor(Date.now() / 30_000)

/** What an authenticator shows for a secret at a step of 30 seconds, RFC 6238. */
export function totp(secret: string, step: number): string {
  let bits = ''
  for (const letter of secret.replace(/\s/g, '')) bits += base32.indexOf(letter).toString(2).padStart(5, '0')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** A service behind the entrance that says who it is. */
export async function service(name: string) {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ service: name, path: request.url }))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end: () => new Promise(ended => server.close(ended)),
  }
}

/** A provider of single sign-on with some people, which knows the host as `name`. */
export async function provider(name: string) {
  const settings = {
    redirectUris: [`${address}/api/identity/providers/${name}/callback`],
    postLogoutRedirectUris: [`${address}/sign-in`],
  }
  const program = resolve(import.meta.dirname, '../../tests/OpenIdProvider/provider.mjs')
  const child = spawn(process.execPath, [program, JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'ignore'] })
  const issuer = await new Promise<string>((found, failed) => {
    child.once('exit', code => failed(new Error(`The provider ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('{')) found(JSON.parse(line).issuer)
    })
  })
  return { issuer, end: () => child.stdin.end() }
}

/** Connects a provider of single sign-on in the administration; one group of it has a role here. */
export async function connect(
  page: Page,
  of: { title: string; name: string; issuer: string; group: string; role: string },
) {
  await page.goto('/admin/providers')
  await page.getByRole('button', { name: 'Connect a provider' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(of.title)
  await dialog.getByLabel('Short name').fill(of.name)
  await dialog.getByLabel('Issuer').fill(of.issuer)
  await dialog.getByLabel('Client id').fill('rialto')
  await dialog.getByLabel('Client secret').fill('a-secret-of-the-test-provider')
  await dialog.getByLabel('Scopes').fill('openid profile email groups')
  await dialog.getByRole('button', { name: 'Another group' }).click()
  await dialog.getByLabel('Group at the provider').fill(of.group)
  await dialog.getByRole('combobox', { name: 'Role', exact: true }).click()
  await page.getByRole('option', { name: of.role }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const tested = page.getByRole('dialog', { name: /^Test of/ })
  await expect(tested.getByRole('listitem').filter({ hasText: 'It knows us' })).toBeVisible()
  await expect(tested.getByRole('img', { name: 'failed' })).toHaveCount(0)
  await tested.getByRole('button', { name: 'Close' }).last().click()
}

/** The label of a field, which has a star behind it when it must be filled. */
export const labelled = (label: string) => new RegExp(`^${label}( \\*)?$`)

/** Presses a button of the page, fills the dialog it opens and sends it; the dialog closes when all is well. */
export async function fillIn(page: Page, button: string, fields: Record<string, string>, submit: string) {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByLabel(labelled(label))
    if (value === 'checked') await field.check()
    else await field.fill(value)
  }
  await dialog.getByRole('button', { name: submit, exact: true }).click()
}

/** The secrets of a dialog that shows them once, which is then closed. */
export async function shownOnce(page: Page, title: string): Promise<string[]> {
  const dialog = page.getByRole('dialog', { name: title })
  await expect(dialog.locator('code').first()).toBeVisible()
  const secrets = await dialog.locator('code').allInnerTexts()
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  await expect(dialog).toHaveCount(0)
  return secrets
}

export async function signIn(page: Page, email: string, password: string) {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function signOut(page: Page) {
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
}
