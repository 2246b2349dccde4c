import { expect, it } from 'vitest'
import { draftOf, faultsOf, mappingOf, measuresOf, missingOf, roleOf } from './mapping'

const prsa = ['No', 'year', 'month', 'day', 'hour', 'PM2.5', 'PM10', 'TEMP', 'wd', 'WSPM', 'station']

const none = { header: [], rows: [] }

it('The Beijing files are known by their columns', () => {
  const draft = draftOf(prsa, ',', 'Europe/Rome')
  expect(draft.preset).toBe('prsa')
  expect(mappingOf(draft)).toEqual({ preset: 'prsa' })
  expect(prsa.map(column => roleOf(draft, column))).toEqual([
    'none',
    'time',
    'time',
    'time',
    'time',
    'value',
    'value',
    'value',
    'value',
    'value',
    'station',
  ])
})

it('A table of one’s own is guessed: time, station, and the rest are values', () => {
  const draft = draftOf(['date', 'store', 'revenue', 'visitors'], ';', 'Europe/Rome')
  expect(draft).toMatchObject({ preset: 'own', time: 'date', stationColumn: 'store', step: 'day' })
  expect(measuresOf(draft, none)).toEqual(['revenue', 'visitors'])
  expect(mappingOf(draft)).toEqual({
    delimiter: ';',
    time: { column: 'date' },
    zone: 'Europe/Rome',
    step: 'day',
    stationColumn: 'store',
    values: [{ column: 'revenue' }, { column: 'visitors' }],
    aggregate: 'last',
  })
})

it('A table with one value a row brings the measures that its first rows name', () => {
  const header = ['time', 'station', 'measure', 'value']
  const rows = ['NO2', 'PM10', 'NO2', ''].map(measure => ['2026-11-21T10:00Z', 'Here', measure, '1'])
  expect(measuresOf(draftOf(header, ',', 'UTC'), { header, rows })).toEqual(['NO2', 'PM10'])
})

it('What is missing is said before the file is sent', () => {
  const draft = draftOf(['a', 'b'], ',', 'UTC')
  expect(faultsOf(draft)).toEqual(['time', 'station'])
  expect(faultsOf({ ...draft, time: 'a', station: 'here', values: [], latitude: '91', longitude: '0' })).toEqual([
    'values',
    'place',
  ])
  expect(missingOf({ ...draft, preset: 'long' }, ['a', 'time'])).toEqual(['station', 'measure', 'value'])
})

it('A station that the file does not name is named by hand, with its place', () => {
  const draft = {
    ...draftOf(['time', 'NO2'], ',', 'UTC'),
    station: ' Escuelas Aguirre ',
    latitude: '40.42',
    longitude: '-3.68',
  }
  expect(mappingOf(draft)).toMatchObject({ station: 'Escuelas Aguirre', latitude: 40.42, longitude: -3.68 })
  expect(faultsOf(draft)).toEqual([])
})
