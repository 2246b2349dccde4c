/** A line has room for so many characters; a body longer than this fills it by itself. */
const lineCharsMax = 200

/** Of one value: the rest is in the open record. */
const valueCharsMax = 80

/** The attributes that have no column, as many as the body leaves room for, each whole or visibly cut. */
export function attributesOf(
  { body, attributes }: { body: string; attributes: Readonly<Record<string, unknown>> },
  columns: readonly string[],
): [name: string, text: string][] {
  const fitting: [string, string][] = []
  let room = lineCharsMax - body.length
  for (const [name, value] of Object.entries(attributes)) {
    if (room <= 0) break
    if (columns.includes(name)) continue
    const whole = String(value)
    const text = whole.length > valueCharsMax ? `${whole.slice(0, valueCharsMax)}…` : whole
    room -= name.length + text.length + 1
    if (room >= 0) fitting.push([name, text])
  }
  return fitting
}
