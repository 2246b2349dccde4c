/** Widths in pixels to start with; a column of its own gets the last. */
const widths: Record<string, number> = {
  level: 66,
  service: 150,
  application: 130,
  environment: 110,
  host: 150,
  trace: 270,
  span: 150,
}
const otherWidth = 170

/** Narrower than this a column can no longer be read or taken hold of. */
export const columnWidthMin = 48
export const columnWidthMax = 1_200

/** The column that takes the space that is left: the body, or else the last. */
export const stretched = (columns: readonly string[]) => (columns.includes('body') ? 'body' : columns.at(-1))

export const widthOf = (column: string, chosen: Record<string, number>) =>
  chosen[column] ?? widths[column] ?? otherWidth

/** The grid of a row: a strip for the level, the time, then the columns. */
export function gridOf(columns: readonly string[], chosen: Record<string, number>): string {
  const wide = stretched(columns)
  const tracks = columns.map(column => (column === wide ? 'minmax(280px, 1fr)' : `${widthOf(column, chosen)}px`))
  return `168px ${tracks.join(' ')}`
}

export const moved = (columns: readonly string[], column: string, by: -1 | 1): readonly string[] => {
  const at = columns.indexOf(column)
  const to = at + by
  if (at < 0 || to < 0 || to >= columns.length) return columns
  const next = columns.filter(name => name !== column)
  next.splice(to, 0, column)
  return next
}

/** A column added by hand stands before the body, where it is seen. */
export function added(columns: readonly string[], column: string): readonly string[] {
  if (columns.includes(column)) return columns
  const body = columns.indexOf('body')
  return body < 0 ? [...columns, column] : [...columns.slice(0, body), column, ...columns.slice(body)]
}

/** One column stays always: a list of times alone says nothing. */
export const removed = (columns: readonly string[], column: string): readonly string[] =>
  columns.length > 1 ? columns.filter(name => name !== column) : columns
