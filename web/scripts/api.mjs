// Brings the API description of a running host into the repository and generates the types from it.
//   npm run api -w web               fetch from the host at RIALTO_URL (default http://127.0.0.1:8080), then generate
//   npm run api -w web -- --offline  generate only, from the description in the repository
import { readFile, writeFile } from 'node:fs/promises'
import { generateTypes } from './generate-types.mjs'
import { inOrder } from './order.mjs'

const description = new URL('../src/api/openapi.json', import.meta.url)
const types = new URL('../src/api/schema.d.ts', import.meta.url)

if (!process.argv.includes('--offline')) {
  const host = process.env.RIALTO_URL ?? 'http://127.0.0.1:8080'
  const response = await fetch(`${host}/openapi/v1.json`)
  if (!response.ok) throw new Error(`${host}/openapi/v1.json answered ${response.status}`)
  const document = await response.json()
  // The address of the host that was asked is nobody else's business.
  delete document.servers
  await writeFile(description, `${JSON.stringify(inOrder(document), null, 2)}\n`)
}

await writeFile(types, await generateTypes(await readFile(description, 'utf8')))
