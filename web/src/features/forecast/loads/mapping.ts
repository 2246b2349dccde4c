import type { Mapping, Step } from '../data/shapes'
import type { Table } from './table'

export const presets = ['prsa', 'long', 'retail', 'own'] as const
export type Preset = (typeof presets)[number]

/** What becomes of several rows within one step. */
export const aggregates = ['last', 'mean', 'sum', 'count'] as const
export type Aggregate = (typeof aggregates)[number]

/** How somebody says a file is to be read; `own` is a wide table described by hand. */
export interface Draft {
  preset: Preset
  delimiter: string
  zone: string
  step: Step
  time: string
  stationColumn: string
  station: string
  latitude: string
  longitude: string
  values: { column: string; unit: string }[]
  aggregate: Aggregate
}

const prsaColumns = ['year', 'month', 'day', 'hour', 'station', 'PM2.5']
const longColumns = ['time', 'station', 'measure', 'value']
const retailColumns = ['InvoiceNo', 'InvoiceDate', 'Quantity', 'UnitPrice', 'Country']

/** A first guess from the names of the columns. */
export function draftOf(header: readonly string[], delimiter: string, zone: string): Draft {
  const has = (names: readonly string[]) => names.every(name => header.includes(name))
  const preset: Preset = has(prsaColumns) ? 'prsa' : has(longColumns) ? 'long' : has(retailColumns) ? 'retail' : 'own'
  const find = (pattern: RegExp) => header.find(name => pattern.test(name)) ?? ''
  const time = find(/^(date|time|datetime|timestamp|at|day)$|date|time/i)
  const stationColumn = find(/^(station|site|place|location|store|shop|service)$/i)
  return {
    preset,
    delimiter,
    zone,
    step: /^(date|day)$/i.test(time) ? 'day' : 'hour',
    time,
    stationColumn,
    station: '',
    latitude: '',
    longitude: '',
    values: header
      .filter(
        name => name !== time && name !== stationColumn && !/^(no|id|index|lat|lon|latitude|longitude|)$/i.test(name),
      )
      .map(column => ({ column, unit: '' })),
    aggregate: 'last',
  }
}

export type DraftFault = 'time' | 'station' | 'values' | 'place'

export function faultsOf(draft: Draft): DraftFault[] {
  if (draft.preset !== 'own') return []
  const outside = (text: string, most: number) => text !== '' && !(Math.abs(Number(text)) <= most)
  return [
    ...(draft.time === '' ? (['time'] as const) : []),
    ...(draft.stationColumn === '' && draft.station.trim() === '' ? (['station'] as const) : []),
    ...(draft.values.length === 0 ? (['values'] as const) : []),
    ...(outside(draft.latitude, 90) || outside(draft.longitude, 180) ? (['place'] as const) : []),
  ]
}

/** The mapping as the host reads it; a preset says the rest. */
export function mappingOf(draft: Draft): Mapping {
  if (draft.preset !== 'own')
    return {
      preset: draft.preset,
      ...(draft.preset === 'long' && { zone: draft.zone, step: draft.step, delimiter: draft.delimiter }),
    }
  return {
    delimiter: draft.delimiter,
    time: { column: draft.time },
    zone: draft.zone,
    step: draft.step,
    ...(draft.stationColumn ? { stationColumn: draft.stationColumn } : { station: draft.station.trim() }),
    ...(draft.latitude !== '' &&
      draft.longitude !== '' && { latitude: Number(draft.latitude), longitude: Number(draft.longitude) }),
    values: draft.values.map(({ column, unit }) => ({ column, ...(unit.trim() && { unit: unit.trim() }) })),
    aggregate: draft.aggregate,
  }
}

const roles = ['time', 'station', 'value', 'none'] as const
export type Role = (typeof roles)[number]

const presetRoles: Record<Exclude<Preset, 'own'>, Partial<Record<Role, readonly string[]>>> = {
  prsa: {
    time: ['year', 'month', 'day', 'hour'],
    station: ['station'],
    value: ['PM2.5', 'PM10', 'SO2', 'NO2', 'CO', 'O3', 'TEMP', 'PRES', 'DEWP', 'RAIN', 'WSPM', 'wd'],
  },
  long: { time: ['time'], station: ['station'], value: ['measure', 'value', 'unit'] },
  retail: { time: ['InvoiceDate'], station: ['Country'], value: ['Quantity', 'UnitPrice'] },
}

/** What becomes of a column. */
export function roleOf(draft: Draft, column: string): Role {
  if (draft.preset !== 'own')
    return roles.find(role => presetRoles[draft.preset as 'prsa'][role]?.includes(column)) ?? 'none'
  if (column === draft.time) return 'time'
  if (column === draft.stationColumn) return 'station'
  return draft.values.some(value => value.column === column) ? 'value' : 'none'
}

/** Columns that the mapping needs and the file does not have. */
export function missingOf(draft: Draft, header: readonly string[]): string[] {
  const needed =
    draft.preset === 'prsa'
      ? prsaColumns.slice(0, 5)
      : draft.preset === 'long'
        ? longColumns
        : draft.preset === 'retail'
          ? retailColumns
          : []
  return needed.filter(name => !header.includes(name))
}

/** Measures that the file brings, as far as the mapping and its first rows know. */
export const measuresOf = (draft: Draft, { header, rows }: Pick<Table, 'header' | 'rows'>): string[] =>
  draft.preset === 'prsa'
    ? ['PM2.5', 'PM10', 'SO2', 'NO2', 'CO', 'O3', 'TEMP', 'PRES', 'DEWP', 'RAIN', 'WSPM']
    : draft.preset === 'retail'
      ? ['revenue', 'units']
      : draft.preset === 'own'
        ? draft.values.map(({ column }) => column)
        : [...new Set(rows.map(row => row[header.indexOf('measure')] ?? ''))].filter(name => name !== '')
