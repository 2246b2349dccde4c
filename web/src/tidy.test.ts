import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generateTypes } from '../scripts/generate-types.mjs'
import { sources } from './sources'

const offenders = (pattern: RegExp, fault: RegExp, except: (path: string) => boolean = () => false) =>
  sources(pattern).flatMap(({ path, text }) => (fault.test(text) && !except(path) ? [path] : []))

it('Components are under 200 lines and other files under 400', () => {
  const long = sources(/\.(tsx?|css)$/).filter(
    ({ path, text }) => text.split('\n').length > (path.endsWith('.tsx') ? 200 : 400),
  )
  expect(long.map(({ path }) => path)).toEqual([])
})

it('Colours are named in tokens.css and nowhere else', () => {
  const tokens = (path: string) => path === 'ui/tokens.css'
  expect(offenders(/\.(tsx?|css)$/, /#[0-9a-f]{3,8}\b(?!['"]?>)|\b(rgba?|hsla?|oklch)\(/i, tokens)).toEqual([])
})

it('Every colour, size and motion that is used is a token', () => {
  const defined = new Set(
    sources(/\.css$/).flatMap(({ text }) => [...text.matchAll(/^\s*(--[\w-]+):/gm)].map(found => found[1])),
  )
  // Given by a component to its own style sheet.
  for (const own of ['--grid', '--share']) defined.add(own)
  const used = sources(/\.(tsx?|css)$/).flatMap(({ path, text }) =>
    [...text.matchAll(/var\((--[\w-]+)\)/g)].map(found => ({ path, name: found[1] })),
  )
  expect(used.filter(({ name }) => !defined.has(name) && !name?.startsWith('--mantine-'))).toEqual([])
})

it('Text is never read as markup', () => {
  expect(
    offenders(
      /\.tsx?$/,
      /dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/,
    ),
  ).toEqual([])
})

it('Nothing is kept in the browser but preferences and the reader’s own queries', () => {
  const allowed = ['app/preferences.ts', 'features/logs/query/history.ts']
  expect(
    offenders(/\.tsx?$/, /\b(local|session)Storage\.|indexedDB|document\.cookie/, path => allowed.includes(path)),
  ).toEqual([])
})

it('No link leads out of the application', () => {
  const standards = (path: string) => path === 'ui/Mark.tsx'
  expect(offenders(/\.tsx?$/, /['"`]https?:\/\//, standards)).toEqual([])
})

it('The types are those of the API description', async () => {
  const description = readFileSync(new URL('./api/openapi.json', import.meta.url), 'utf8')
  const types = readFileSync(new URL('./api/schema.d.ts', import.meta.url), 'utf8')
  expect(types).toBe(await generateTypes(description))
})
