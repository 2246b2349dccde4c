import { defaultRange, isRange, type Range } from './time/ranges'

/** Everything the explorer shows, as its address holds it. A link to the page is the page. */
export interface Address extends Range {
  query: string
  /** Columns between the time and the edge, in order. */
  columns: readonly string[]
  wrap: boolean
  order: 'desc' | 'asc'
  live: boolean
  /** The sequence of the record that is open. */
  record: string | null
}

export const defaultColumns: readonly string[] = ['level', 'service', 'body']

export const defaultAddress: Address = {
  ...defaultRange,
  query: '',
  columns: defaultColumns,
  wrap: false,
  order: 'desc',
  live: false,
  record: null,
}

/** The search part of the address; only what differs from the default is written. */
export type AddressSearch = Partial<
  Record<'q' | 'from' | 'to' | 'columns' | 'wrap' | 'order' | 'live' | 'record', string>
>

export function readAddress(search: Record<string, unknown>): Address {
  const text = (key: keyof AddressSearch) => (typeof search[key] === 'string' ? (search[key] as string) : '')
  const range = { from: text('from') || defaultRange.from, to: text('to') || defaultRange.to }
  const columns = text('columns').split(',').filter(Boolean).map(decode)
  return {
    ...(isRange(range) ? range : defaultRange),
    query: text('q'),
    columns: columns.length > 0 ? [...new Set(columns)] : defaultColumns,
    wrap: text('wrap') === '1',
    order: text('order') === 'asc' ? 'asc' : 'desc',
    live: text('live') === '1',
    record: /^\d{1,20}$/.test(text('record')) ? text('record') : null,
  }
}

export function writeAddress(address: Address): AddressSearch {
  const search: AddressSearch = {}
  if (address.query !== '') search.q = address.query
  if (address.from !== defaultRange.from || address.to !== defaultRange.to) {
    search.from = address.from
    search.to = address.to
  }
  const columns = address.columns.map(encode).join(',')
  if (columns !== defaultColumns.join(',')) search.columns = columns
  if (address.wrap) search.wrap = '1'
  if (address.order === 'asc') search.order = 'asc'
  if (address.live) search.live = '1'
  if (address.record) search.record = address.record
  return search
}

// A comma parts the columns, so one inside a name is written otherwise.
const encode = (column: string) => column.replace(/[%,]/g, char => (char === ',' ? '%2C' : '%25'))
const decode = (column: string) => column.replace(/%2C/g, ',').replace(/%25/g, '%')
