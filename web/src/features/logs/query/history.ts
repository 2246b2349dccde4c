const place = 'rialto.logs.history'
const most = 50

/** The queries this reader ran, latest first. They stay in this browser and go when he signs out. */
export function queryHistory(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? kept.filter(query => typeof query === 'string') : []
  } catch {
    return []
  }
}

export function rememberQuery(query: string) {
  const wanted = query.trim()
  if (wanted === '') return
  keep([wanted, ...queryHistory().filter(kept => kept !== wanted)].slice(0, most))
}

export const forgetHistory = () => keep([])

function keep(queries: string[]) {
  try {
    localStorage.setItem(place, JSON.stringify(queries))
  } catch {
    // Storage is refused: there is no history then.
  }
}
