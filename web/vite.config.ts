import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The host that serves the API while the page is served by Vite.
const host = process.env.RIALTO_URL ?? `http://127.0.0.1:${process.env.RIALTO_PORT ?? '8080'}`

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
