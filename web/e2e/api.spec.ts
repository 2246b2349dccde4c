import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'

test('The API description in the repository is that of the host', async ({ request }) => {
  const served = await (await request.get('/openapi/v1.json')).json()
  delete served.servers
  const kept = JSON.parse(readFileSync(new URL('../src/api/openapi.json', import.meta.url), 'utf8'))
  expect(kept, 'Run: npm run api -w web').toEqual(served)
})
