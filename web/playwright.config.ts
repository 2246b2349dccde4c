import { defineConfig, devices } from '@playwright/test'
import { address, hostCommand, hostEnvironment, signedIn } from './e2e/host'

const wide = { viewport: { width: 1920, height: 1080 } }
const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } }

/** Journeys are walked once on each size; what pages look like is checked and kept for both sizes in both schemes. */
const looks = /pages\.spec\.ts/

/** The other rooms have journeys of their own. They come after those of Logs, which look at records of the last minutes. */
const rooms = /(admin.*|club-.*|forecast.*)\.spec\.ts/

/** The club is a member's on his phone. */
const members = /club-(members|orders)\.spec\.ts/

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../artifacts/e2e',
  // One browser at a time: tests share one host, and the machines that run them have few cores.
  workers: 1,
  // A second try where nobody can look: it is listed as flaky, with its trace, and not silently green.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'setup', testMatch: /seed\.setup\.ts/, use: wide },
    {
      name: 'desktop',
      testIgnore: [looks, rooms],
      dependencies: ['setup'],
      use: { ...wide, colorScheme: 'dark', storageState: signedIn },
    },
    {
      name: 'phone',
      testMatch: /(journeys|live)\.spec\.ts/,
      dependencies: ['setup'],
      use: { ...phone, colorScheme: 'light', storageState: signedIn },
    },
    {
      name: 'desktop-rooms',
      testMatch: rooms,
      testIgnore: [looks, members],
      dependencies: ['setup'],
      use: { ...wide, colorScheme: 'dark', storageState: signedIn },
    },
    {
      name: 'phone-rooms',
      testMatch: members,
      dependencies: ['setup'],
      use: { ...phone, colorScheme: 'light', storageState: signedIn },
    },
    ...(['dark', 'light'] as const).flatMap(colorScheme => [
      {
        name: `desktop-${colorScheme}`,
        testMatch: looks,
        dependencies: ['setup'],
        use: { ...wide, colorScheme, storageState: signedIn },
      },
      {
        name: `phone-${colorScheme}`,
        testMatch: looks,
        dependencies: ['setup'],
        use: { ...phone, colorScheme, storageState: signedIn },
      },
    ]),
  ],
  webServer: {
    command: hostCommand,
    cwd: '..',
    env: hostEnvironment,
    url: `${address}/health/ready`,
    // Where the simulated vendors take orders: tests read it as RIALTO_SIMULATORS.
    wait: { stdout: /simulators\s+control (?<rialto_simulators>\S+)/ },
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
})
