/** The part of an OpenAPI description the portal reads. */
export interface Description {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Schema; example?: unknown }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}

export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: Schema | boolean
}

export interface Endpoint {
  /** `get /api/logs/search`: also its place in the address. */
  id: string
  method: string
  path: string
  summary: string
  description: string
  tag: string
  parameters: readonly Parameter[]
  body: Schema | null
  /** A body as it may be sent, where the description has one. */
  example: unknown
  bodyType: string
  answers: readonly { status: string; meaning: string; schema: Schema | null }[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head']

export function endpointsOf(description: Description): Endpoint[] {
  return Object.entries(description.paths).flatMap(([path, operations]) =>
    methods.flatMap(method => {
      const operation = operations[method]
      if (!operation) return []
      const [bodyType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? ['', undefined]
      return [
        {
          id: `${method} ${path}`,
          method,
          path,
          summary: operation.summary ?? '',
          description: operation.description ?? '',
          tag: operation.tags?.[0] ?? 'Rialto',
          parameters: (operation.parameters ?? []).filter(({ in: place }) => place === 'path' || place === 'query'),
          body: content?.schema ?? null,
          example: content?.example,
          bodyType,
          answers: Object.entries(operation.responses ?? {}).map(
            ([status, { description: meaning, content: parts }]) => ({
              status,
              meaning: meaning ?? '',
              schema: Object.values(parts ?? {})[0]?.schema ?? null,
            }),
          ),
        },
      ]
    }),
  )
}

/** Every word is somewhere in its method, path, summary or tag. */
export function finds(endpoint: Endpoint, words: string): boolean {
  const text = `${endpoint.method} ${endpoint.path} ${endpoint.summary} ${endpoint.tag}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

/** The body to begin with: the description's own example, else one made of its schema; null when there is none. */
export function bodyOf({ body, example, bodyType }: Endpoint, description: Description): string | null {
  if (typeof example === 'string') return example
  if (example === undefined && !body) return bodyType ? '' : null
  return JSON.stringify(example ?? sampleOf(body, description), null, 2)
}

/** Deeper than this a description turns in circles. */
const depthMax = 6

/** A value that such a schema takes, to be changed by whoever tries it. */
export function sampleOf(schema: Schema | null, description: Description, depth = 0): unknown {
  if (!schema || depth > depthMax) return null
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return sampleOf(description.components?.schemas?.[name] ?? null, description, depth + 1)
  }
  if (schema.enum) return schema.enum[0]
  const parts = schema.allOf ?? schema.oneOf ?? schema.anyOf
  if (parts) return sampleOf(parts.find(({ type }) => type !== 'null') ?? null, description, depth + 1)
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, sampleOf(part, description, depth + 1)]),
    )
  }
  switch (typeOf(schema)) {
    case 'array':
      return schema.items ? [sampleOf(schema.items, description, depth + 1)] : []
    case 'object':
      return {}
    case 'integer':
    case 'number':
      return 0
    case 'boolean':
      return false
    case 'string':
      return samples[schema.format ?? ''] ?? ''
    default:
      return null
  }
}

const samples: Record<string, string> = {
  uuid: '00000000-0000-0000-0000-000000000000',
  'date-time': '2026-01-31T12:00:00Z',
}

const typeOf = ({ type }: Schema) => (Array.isArray(type) ? type.find(name => name !== 'null') : type)

/** A type as a reader of a list takes it in: `string`, `integer`, `Key[]`. */
export function typeName(schema: Schema | null | undefined): string {
  if (!schema) return ''
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  const part = (schema.oneOf ?? schema.anyOf)?.find(({ type }) => type !== 'null')
  if (part) return typeName(part)
  const type = typeOf(schema) ?? ''
  if (type === 'array') return `${typeName(schema.items) || 'any'}[]`
  return schema.format ? `${type} (${schema.format})` : type
}

/** The address of a call with its parameters filled in; what is left empty is left out. */
export function addressOf({ path, parameters }: Endpoint, values: Readonly<Record<string, string>>): string {
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] ? encodeURIComponent(values[name]) : whole,
  )
  const query = new URLSearchParams()
  for (const { name, in: place } of parameters) {
    const value = values[name]
    if (place === 'query' && value) query.set(name, value)
  }
  const text = query.toString()
  return text ? `${filled}?${text}` : filled
}
