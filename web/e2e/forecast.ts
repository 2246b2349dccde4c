import { type APIRequestContext, expect } from '@playwright/test'

const hour = 3_600_000

/** The same numbers in every run. */
function noise(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff - 0.5
  }
}

/** A table of somebody's own: one measure that follows the hour of the day, one that wanders, and one row that cannot be read. */
export function ownTable(station: string, days: number): string {
  const random = noise(7)
  const start = Date.parse('2026-05-01T00:00:00Z')
  let wanders = 200
  const rows = Array.from({ length: days * 24 }, (_, n) => {
    wanders = Math.min(390, Math.max(20, wanders + 12 * random()))
    const follows = 60 + 30 * Math.sin((n / 24) * 2 * Math.PI) + 16 * random()
    return `${new Date(start + n * hour).toISOString()},${station},${follows.toFixed(1)},${wanders.toFixed(1)}`
  })
  rows.splice(100, 0, `2026-05-05T04:30:00Z,${station},many,12`)
  return ['time,station,NO2,PM10', ...rows].join('\n')
}

/** A few days of stations whose places are known to the preset. */
function prsaTable(): string {
  const random = noise(11)
  const rows = ['Tiantan', 'Gucheng', 'Huairou', 'Dingling'].flatMap((station, at) =>
    Array.from({ length: 240 }, (_, n) => {
      const day = 1 + Math.floor(n / 24)
      return `${n + 1},2017,2,${day},${n % 24},${Math.round(15 + at * 30 + 10 * random() + 10 * Math.sin(n / 24))},NE,2.5,${station}`
    }),
  )
  return ['No,year,month,day,hour,PM2.5,wd,WSPM,station', ...rows].join('\n')
}

/** Loads the stations, and waits until they are there; again it changes nothing. */
export async function stationsAreThere(request: APIRequestContext) {
  const started = await request.post('/api/forecast/loads', {
    multipart: {
      mapping: JSON.stringify({ preset: 'prsa', values: [{ column: 'PM2.5', unit: 'ug/m3' }] }),
      file: { name: 'stations.csv', mimeType: 'text/csv', buffer: Buffer.from(prsaTable()) },
    },
  })
  expect(started.status(), await started.text()).toBe(202)
  const { id } = (await started.json()) as { id: string }
  await expect
    .poll(async () => ((await (await request.get(`/api/forecast/loads/${id}`)).json()) as { state: string }).state, {
      timeout: 60_000,
    })
    .toBe('done')
}
