export const scenes = ['table', 'roofs', 'springs', 'sail', 'rooms', 'silk'] as const
export type Scene = (typeof scenes)[number]

/** What is drawn for each business unit of the group; another unit has the folds of silk. */
const byUnit: Record<string, Scene> = {
  Restaurants: 'table',
  Hotels: 'roofs',
  Wellness: 'springs',
  Yachts: 'sail',
  Arts: 'rooms',
  Boutiques: 'silk',
}

const palettes: Record<Scene, readonly string[]> = {
  table: ['wine', 'dusk', 'ink'],
  roofs: ['dusk', 'sea', 'wine'],
  springs: ['cedar', 'ink', 'sand'],
  sail: ['sea', 'dusk', 'ink'],
  rooms: ['sand', 'cedar', 'wine'],
  silk: ['wine', 'ink', 'cedar'],
}

/** Two of the same unit look akin and not alike; the same one always looks the same. */
export function drawingOf(unit: string, title: string): { scene: Scene; palette: string; turned: boolean } {
  let hash = 7
  for (const letter of title) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
  const scene = byUnit[unit] ?? 'silk'
  const choice = palettes[scene]
  return { scene, palette: choice[(hash >>> 4) % choice.length] ?? 'ink', turned: (hash & 1) === 1 }
}
