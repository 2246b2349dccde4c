import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'

// The configuration is read once by the runner and again by each worker: what the first reading chose, the others inherit.
process.env.RIALTO_E2E_PORT ??= String(20_000 + (process.pid % 20_000))
export const port = Number(process.env.RIALTO_E2E_PORT)
export const address = `http://127.0.0.1:${port}`

const root = resolve(import.meta.dirname, '../..')
export const artifacts = resolve(root, 'artifacts')
export const signedIn = resolve(artifacts, 'e2e-session.json')
export const screenshots = resolve(artifacts, 'screenshots')

export const person = { email: 'admin@rialto.example', password: 'rialto-in-the-browser' }
export const applicationKey = 'rk_demo_0123456789abcdef0123456789abcdef'

/** Data of this run only, below the path of no earlier one. */
export const data = resolve(artifacts, `e2e-data-${port}`)

if (!process.env.RIALTO_E2E_READY) {
  process.env.RIALTO_E2E_READY = 'yes'
  rmSync(data, { recursive: true, force: true })
  rmSync(screenshots, { recursive: true, force: true })
  mkdirSync(data, { recursive: true })
}

export const hostCommand = resolve(artifacts, 'bin/Host/release/rialto')
export const hostEnvironment = {
  RIALTO_PORT: String(port),
  RIALTO_SYSLOG_PORT: '0',
  RIALTO_DATA: data,
  RIALTO_DEMO: 'on',
  RIALTO_DEMO_PASSWORD: person.password,
  RIALTO_DEMO_KEY: applicationKey,
  // Who comes back from a card page comes back signed in: to the very host he left.
  RIALTO_PUBLIC_URL: address,
  // Sources, services and providers of single sign-on of the tests are on this machine.
  RIALTO_UPSTREAM_ALLOW: '127.0.0.0/8',
}
