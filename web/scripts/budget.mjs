// What a browser loads for each page on its first visit, gzipped, held against the budget of its area. Code behind an import() is
// counted only where it is needed to show the page; charts, the editor and the live connection come on demand.
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'))

const kB = 1000

/** Before the browser asks for the next ones it has to have read these: each costs a round trip's share. */
const requestsMost = 28

/** Each area's pages are all found by their names; the first area that matches counts. `around` is loaded with each of them. */
const areas = [
  { name: 'identity', pages: 'src/features/identity/', around: [], texts: 'identity', most: 200 * kB },
  {
    name: 'club desk',
    pages: 'src/features/club/desk/',
    around: ['src/app/Shell.tsx'],
    texts: 'desk',
    most: 250 * kB,
  },
  {
    name: 'club',
    pages: 'src/features/club/',
    around: ['src/features/club/ClubShell.tsx'],
    texts: 'club',
    most: 200 * kB,
  },
  {
    name: 'admin',
    pages: 'src/features/admin/',
    around: ['src/app/Shell.tsx', 'src/features/admin/AdminRoom.tsx'],
    texts: 'admin',
    most: 250 * kB,
  },
  ...['logs', 'forecast', 'account', 'developers', 'status'].map(name => ({
    name,
    pages: `src/features/${name}/`,
    around: ['src/app/Shell.tsx'],
    texts: name,
    most: 250 * kB,
  })),
]

/** What comes when it is asked for, on top of a page. */
const onDemand = [
  {
    name: 'logs, charts',
    module: 'src/features/logs/histogram/Plot.tsx',
    on: 'src/features/logs/ExplorerPage.tsx',
    most: 250 * kB,
  },
  {
    name: 'logs, editor',
    module: 'src/features/logs/query/QueryEditor.tsx',
    on: 'src/features/logs/ExplorerPage.tsx',
    most: 120 * kB,
  },
  {
    name: 'logs, live',
    module: 'src/features/logs/live/connect.ts',
    on: 'src/features/logs/ExplorerPage.tsx',
    most: 40 * kB,
  },
  {
    name: 'forecast, charts',
    module: 'src/features/forecast/chart/Plot.tsx',
    on: 'src/features/forecast/map/MapPage.tsx',
    most: 250 * kB,
  },
]

const pages = Object.keys(manifest).filter(key => /^src\/features\/.*Page\.tsx$/.test(key))
const loaded = new Map()
let failed = false

for (const page of pages) {
  const area = areas.find(({ pages: start }) => page.startsWith(start))
  if (!area) throw new Error(`${page} is in no area: give its area a budget in budget.mjs`)
  const texts = `src/i18n/en/${area.texts}.json`
  const modules = ['index.html', ...area.around, ...(manifest[texts] ? [texts] : []), page]
  loaded.set(page, { area, ...(await weigh(filesOf(modules))) })
}

for (const area of areas) {
  const own = [...loaded].filter(([, weighed]) => weighed.area === area)
  if (own.length === 0)
    throw new Error(`There is no page in ${area.pages}: the area was renamed, name it anew in budget.mjs`)
  own.sort(([, one], [, other]) => other.scripts - one.scripts)
  for (const [page, { scripts, styles, requests }] of own)
    if (page === own[0][0] || scripts > area.most || requests > requestsMost)
      report(scripts > area.most || requests > requestsMost, `${area.name}, ${own.length} pages`, scripts, area.most, [
        `${size(styles)} styles`,
        `${String(requests).padStart(2)} requests`,
        page.split('/').at(-1),
      ])
}

for (const { name, module, on, most } of onDemand) {
  const files = filesOf([module])
  for (const file of loaded.get(on).files) files.delete(file)
  const { scripts } = await weigh(files)
  report(scripts > most, `${name} on demand`, scripts, most, [])
}

const html = await readFile(new URL('index.html', dist), 'utf8')
if (/<script(?![^>]*\bsrc=)/.test(html)) {
  process.stdout.write('OVER  index.html has an inline script, which the content security policy refuses\n')
  failed = true
}
process.exit(failed ? 1 : 0)

function report(over, name, scripts, most, more) {
  failed ||= over
  const figures = [`${size(scripts)} scripts of ${most / kB}`, ...more].join(', ')
  process.stdout.write(`${over ? 'OVER ' : 'ok   '} ${name.padEnd(28)} ${figures}\n`)
}

function size(bytes) {
  return `${(bytes / kB).toFixed(1).padStart(6)} kB`
}

async function weigh(files) {
  let scripts = 0
  let styles = 0
  for (const file of files) {
    const bytes = gzipSync(await readFile(new URL(file, dist))).length
    if (file.endsWith('.js')) scripts += bytes
    else styles += bytes
  }
  return { files, scripts, styles, requests: files.size }
}

function filesOf(modules) {
  const files = new Set()
  const visited = new Set()
  const visit = key => {
    if (visited.has(key)) return
    visited.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`The build has no module ${key}: it was renamed, name it anew in budget.mjs`)
    files.add(chunk.file)
    for (const sheet of chunk.css ?? []) files.add(sheet)
    for (const other of chunk.imports ?? []) visit(other)
  }
  for (const module of modules) visit(module)
  return files
}
