export interface DiffLine {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** More cells than this are not compared: the whole is shown as gone and come. A page must answer within a moment. */
const cellsMax = 4_000_000

/** What became of a text, line by line: the longest common lines stay, all others are gone or new. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  if (a.length * b.length > cellsMax) {
    return [...a.map(text => ({ kind: 'gone' as const, text })), ...b.map(text => ({ kind: 'new' as const, text }))]
  }
  // common[i][j]: how many lines the rests from i and j have in common.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const row = common[i] as Uint32Array
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++] ?? '' })
      j++
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'gone', text: a[i++] ?? '' })
    } else {
      lines.push({ kind: 'new', text: b[j++] ?? '' })
    }
  }
  return lines
}

/** JSON as it is compared: keys in one order, since the store does not keep the one they were written in. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, part: unknown) =>
      part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    2,
  )
}
