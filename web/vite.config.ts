import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The host that serves the API while the page is served by Vite.
const host = process.env.RIALTO_URL ?? `http://127.0.0.1:${process.env.RIALTO_PORT ?? '8080'}`

// What is fetched together: a page asks for a few files of some size instead of a hundred small ones, and none brings much that
// only other pages need. A group takes with it what its modules import, unless a group of a higher priority has it.
const groups = [
  // Every page.
  { name: 'start', tags: ['$initial' as const], test: /node_modules|src\/\w+\//, priority: 9 },
  // Before the sign-in too, and the club's.
  {
    name: 'entrance',
    test: /@mantine\/core\/.*\/(Button|Skeleton|TextInput|PasswordInput)\/|use-mantine-color-scheme\/|react-query\/|ui\/Mark\.|app\/useLeave\./,
    priority: 8,
  },
  // Every page of somebody signed in.
  { name: 'shell', test: /src\/app\/Shell\.tsx$/, priority: 7 },
  // Pages that list things and change them.
  { name: 'desk', test: /src\/ui\/desk\/(?!Permission|ApplicationSelect)/, priority: 6 },
  // Fetched when a page has something to show in them.
  { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 5 },
  { name: 'editor', test: /node_modules\/@codemirror\//, priority: 5 },
  { name: 'icons', test: /@tabler\/icons-react\//, minShareCount: 2, priority: 4 },
  // What several pages share is split by which.
  { name: 'shared', test: /node_modules|src\/(api|app|ui)\//, minShareCount: 2, entriesAware: true, priority: 3 },
  {
    name: areaOf,
    test: /src\/features\//,
    minShareCount: 2,
    entriesAware: true,
    entriesAwareMergeThreshold: 3_000,
    priority: 2,
  },
]

function areaOf(id: string) {
  return /src\/features\/(club\/desk|\w+)\//.exec(id)?.[1]?.replace('/', '-') ?? null
}

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2023',
    // Fonts and icons stay files: the host's content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Names each source module's chunk, so that scripts/budget.mjs can add up what a route loads.
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
        // Behind the ~ stand the entries that share it: too long for a name.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': host,
      '/openapi': host,
      '/hubs': { target: host, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    reporters: ['default', 'json'],
    outputFile: { json: '../artifacts/test-results/web-unit.json' },
  },
})
