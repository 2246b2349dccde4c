export interface PermissionAreas {
  verbs: string[]
  areas: { area: string; held: Set<string> }[]
}

const order = ['read', 'write', 'manage']

/** Permissions are `area.verb`: their areas in alphabetical order, and the verbs from the mildest on. */
export function areasOf(permissions: readonly string[]): PermissionAreas {
  const areas = new Map<string, Set<string>>()
  for (const permission of permissions) {
    const at = permission.lastIndexOf('.')
    const [area, verb] = [permission.slice(0, at), permission.slice(at + 1)]
    areas.set(area, (areas.get(area) ?? new Set()).add(verb))
  }
  const place = (verb: string) => (order.includes(verb) ? order.indexOf(verb) : order.length)
  const verbs = [...new Set([...areas.values()].flatMap(held => [...held]))]
  return {
    verbs: verbs.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1)),
    areas: [...areas].map(([area, held]) => ({ area, held })).sort((a, b) => (a.area < b.area ? -1 : 1)),
  }
}
