/** The first rows of a file, as a person should see them before they are loaded. */
export interface Table {
  delimiter: string
  header: string[]
  rows: string[][]
  /** It goes on beyond what was read. */
  isCut: boolean
  /** It is packed, and its columns cannot be shown. */
  isPacked: boolean
}

const readMax = 64 * 1024
const rowsMax = 8

export async function readTable(file: File): Promise<Table> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isPacked = start[0] === 0x1f && start[1] === 0x8b
  const isCut = isPacked || file.size > readMax
  const text = isPacked ? await unpacked(file) : await file.slice(0, readMax).text()
  return { ...tableOf(text, isCut), isPacked }
}

/** The beginning of a packed file: its end is not needed, so its breaking off is no fault. */
async function unpacked(file: File): Promise<string> {
  const reader = file.slice(0, readMax).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < readMax) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // The slice ended within the packed stream.
  }
  return text
}

export function tableOf(text: string, isCut: boolean): Omit<Table, 'isPacked'> {
  const body = text.replace(/^\uFEFF/, '')
  const delimiter = delimiterOf(body.split(/\r?\n/, 1)[0] ?? '')
  const all = rowsOf(body, delimiter, rowsMax + 2)
  // The last row that was read may be a part of one.
  const whole = isCut && all.length <= rowsMax + 1 ? all.slice(0, -1) : all
  return {
    delimiter,
    header: whole[0] ?? [],
    rows: whole.slice(1, rowsMax + 1),
    isCut: isCut || all.length > rowsMax + 1,
  }
}

/** The sign that stands between most names of the first line. */
export function delimiterOf(line: string): string {
  const outside = line.replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t', '|'].map(sign => ({ sign, count: outside.split(sign).length - 1 }))
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).sign
}

/** Rows of comma-separated text: quotes may hold delimiters, line ends and doubled quotes. */
export function rowsOf(text: string, delimiter: string, most: number): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const sign = text[at]
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === delimiter) {
      row.push(cell)
      cell = ''
    } else if (sign === '\n') {
      row.push(cell.replace(/\r$/, ''))
      if (row.length > 1 || row[0] !== '') rows.push(row)
      row = []
      cell = ''
    } else cell += sign
  }
  if (rows.length < most && (cell !== '' || row.length > 0)) rows.push([...row, cell])
  return rows
}
