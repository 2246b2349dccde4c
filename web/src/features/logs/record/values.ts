import type { LogRecord } from '~/api/types'

/** The fields every record has, by their name in the query language, in the order a person reads them. */
const known: Record<string, (record: LogRecord) => string> = {
  level: record => record.level,
  application: record => record.application,
  service: record => record.service,
  environment: record => record.environment,
  host: record => record.host,
  trace: record => record.traceId ?? '',
  span: record => record.spanId ?? '',
  body: record => record.body,
  sequence: record => record.sequence,
}

export const knownFields = Object.keys(known)

/** What a record holds under a name of the query language; empty when it has no such field. */
export function fieldValue(record: LogRecord, field: string): string {
  const own = known[field]
  if (own) return own(record)
  const value = field.startsWith('resource.')
    ? record.resource[field.slice('resource.'.length)]
    : (record.attributes[field] ?? record.resource[field])
  return value === undefined ? '' : String(value)
}

export interface FieldRow {
  field: string
  value: string
}

/** Everything a record holds, in groups: what every record has, what this one adds, and where it came from. */
export function fieldsOf(record: LogRecord): { own: FieldRow[]; attributes: FieldRow[]; resource: FieldRow[] } {
  const rows = (values: Record<string, unknown>, prefix: string) =>
    Object.entries(values)
      .map(([name, value]) => ({ field: prefix + name, value: String(value) }))
      .sort((a, b) => a.field.localeCompare(b.field))
  return {
    own: knownFields
      .filter(field => field !== 'body')
      .map(field => ({ field, value: fieldValue(record, field) }))
      .filter(({ value }) => value !== ''),
    attributes: rows(record.attributes, ''),
    resource: rows(record.resource, 'resource.'),
  }
}
