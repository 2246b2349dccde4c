// The host describes its routes in the order in which it happened to learn of them. In the repository the description is in one order, so that a
// difference is a change: addresses, methods and types sorted; the members of a type stay in the order in which they were declared.
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

const sorted = (map, compare) => Object.fromEntries(Object.entries(map ?? {}).sort(([a], [b]) => compare(a, b)))
// Not by the reader's language: every machine sorts alike.
const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const byMethod = (a, b) => methods.indexOf(a) - methods.indexOf(b)

export function inOrder(document) {
  const paths = Object.entries(sorted(document.paths, byCode)).map(([path, operations]) => [
    path,
    sorted(operations, byMethod),
  ])
  const components = Object.entries(document.components ?? {}).map(([kind, map]) => [kind, sorted(map, byCode)])
  return { ...document, paths: Object.fromEntries(paths), components: Object.fromEntries(components) }
}
