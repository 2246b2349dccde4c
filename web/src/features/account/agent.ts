const browsers = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//],
  ['curl', /^curl\//],
] as const

const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

/** A browser by the name a person knows it by; null when it is none of those. Order matters: most claim to be several. */
export function agentOf(agent: string | null): string | null {
  const of = (known: typeof browsers | typeof systems) => known.find(([, sign]) => sign.test(agent ?? ''))?.[0]
  return [of(browsers), of(systems)].filter(Boolean).join(' · ') || null
}
