/** What the document `gateway/firewall` holds. */
export interface Firewall {
  blocked: Blocked[]
  rules: Rule[]
}

export interface Blocked {
  /** An address or a network. */
  network: string
  until?: string | null
  note?: string
}

export interface Rule {
  name: string
  mode?: 'block' | 'detect'
  methods?: string[]
  path?: string | null
  networks?: string[]
  /** `target` or `header:name`. */
  in?: string
  pattern?: string | null
}

/** What can be shown of a document: a draft may be anything that its author wrote. */
export function firewallOf(body: unknown): Firewall {
  const { blocked, rules } = (body ?? {}) as Partial<Firewall>
  return {
    ...(body as object),
    blocked: Array.isArray(blocked) ? blocked : [],
    rules: Array.isArray(rules) ? rules : [],
  }
}

/** A list with one entry put in, changed or (null) taken out. */
export function changed<T>(list: readonly T[], before: T | null, after: T | null): T[] {
  const at = before === null ? -1 : list.indexOf(before)
  if (at < 0) return after === null ? [...list] : [...list, after]
  return [...list.slice(0, at), ...(after === null ? [] : [after]), ...list.slice(at + 1)]
}
