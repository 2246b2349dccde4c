// What a browser loads for each route, gzipped, held against its budget. Code behind an import() is counted only where it is
// needed to show the route; charts and the live connection come on demand.
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'))

const kB = 1000
const entry = 'index.html'
const routes = [
  {
    name: 'sign-in',
    modules: [entry, 'src/i18n/en/identity.json', 'src/features/identity/SignInPage.tsx'],
    most: 200 * kB,
  },
  { name: 'logs', modules: [entry, 'src/i18n/en/logs.json', 'src/features/logs/ExplorerPage.tsx'], most: 252 * kB },
  {
    name: 'logs, charts on demand',
    modules: ['src/features/logs/histogram/Plot.tsx'],
    without: 'logs',
    most: 250 * kB,
  },
  {
    name: 'logs, editor after paint',
    modules: ['src/features/logs/query/QueryEditor.tsx'],
    without: 'logs',
    most: 120 * kB,
  },
  { name: 'logs, live on demand', modules: ['src/features/logs/live/connect.ts'], without: 'logs', most: 40 * kB },
  {
    name: 'club',
    modules: [
      entry,
      'src/i18n/en/club.json',
      'src/features/club/ClubShell.tsx',
      'src/features/club/experiences/ExperiencesPage.tsx',
    ],
    most: 200 * kB,
  },
  {
    name: 'club, an experience',
    modules: ['src/features/club/experiences/ExperiencePage.tsx'],
    without: 'club',
    most: 20 * kB,
  },
  {
    name: 'club desk',
    modules: [entry, 'src/i18n/en/desk.json', 'src/features/club/desk/today/TodayPage.tsx'],
    most: 250 * kB,
  },
  {
    name: 'forecast',
    modules: [entry, 'src/i18n/en/forecast.json', 'src/features/forecast/map/MapPage.tsx'],
    most: 250 * kB,
  },
  {
    name: 'forecast, a series',
    modules: [entry, 'src/i18n/en/forecast.json', 'src/features/forecast/series/SeriesPage.tsx'],
    most: 250 * kB,
  },
  {
    name: 'forecast, lab',
    modules: [entry, 'src/i18n/en/forecast.json', 'src/features/forecast/lab/NewRunPage.tsx'],
    most: 250 * kB,
  },
  {
    name: 'forecast, charts on demand',
    modules: ['src/features/forecast/chart/Plot.tsx'],
    without: 'forecast',
    most: 250 * kB,
  },
  {
    name: 'admin',
    modules: [
      entry,
      'src/i18n/en/admin.json',
      'src/features/admin/AdminRoom.tsx',
      'src/features/admin/people/UsersPage.tsx',
    ],
    most: 250 * kB,
  },
  {
    name: 'account',
    modules: [entry, 'src/i18n/en/account.json', 'src/features/account/AccountPage.tsx'],
    most: 250 * kB,
  },
  {
    name: 'developers',
    modules: [entry, 'src/i18n/en/developers.json', 'src/features/developers/PortalPage.tsx'],
    most: 250 * kB,
  },
  { name: 'status', modules: [entry, 'src/features/status/StatusPage.tsx'], most: 200 * kB },
]

const loaded = new Map()
let failed = false
for (const { name, modules, without, most } of routes) {
  const files = filesOf(modules)
  for (const file of loaded.get(without) ?? []) files.delete(file)
  loaded.set(name, files)
  let scripts = 0
  let styles = 0
  for (const file of files) {
    const size = gzipSync(await readFile(new URL(file, dist))).length
    if (file.endsWith('.js')) scripts += size
    else styles += size
  }
  const over = scripts > most
  failed ||= over
  const figures = `${(scripts / kB).toFixed(1).padStart(6)} kB scripts of ${most / kB}, ${(styles / kB).toFixed(1).padStart(5)} kB styles`
  process.stdout.write(`${over ? 'OVER ' : 'ok   '} ${name.padEnd(25)} ${figures}\n`)
}

const html = await readFile(new URL('index.html', dist), 'utf8')
if (/<script(?![^>]*\bsrc=)/.test(html)) {
  process.stdout.write('OVER  index.html has an inline script, which the content security policy refuses\n')
  failed = true
}
process.exit(failed ? 1 : 0)

function filesOf(modules) {
  const files = new Set()
  const visited = new Set()
  const visit = key => {
    if (visited.has(key)) return
    visited.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`The build has no module ${key}: a route was renamed, name it anew in budget.mjs`)
    files.add(chunk.file)
    for (const sheet of chunk.css ?? []) files.add(sheet)
    for (const other of chunk.imports ?? []) visit(other)
  }
  for (const module of modules) visit(module)
  return files
}
