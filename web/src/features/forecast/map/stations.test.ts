import { expect, it } from 'vitest'
import type { Point, Series } from '../data/shapes'
import { measuresOf, shownOf } from './stations'

const series = (measure: string, station: string, lastValue: number | null): Series => ({
  id: 1,
  key: `${measure}@${station}`,
  station,
  measure,
  unit: 'ug/m3',
  step: 'hour',
  zone: 'UTC',
  latitude: 1,
  longitude: 2,
  rows: 10,
  firstAt: null,
  lastAt: null,
  lastValue,
  index: null,
})

it('Measures of air come first, then those with most stations', () => {
  const all = [series('TEMP', 'a', 1), series('TEMP', 'b', 1), series('requests', 'web', 1), series('PM10', 'a', 1)]
  expect(measuresOf(all).map(({ name, series: count }) => [name, count])).toEqual([
    ['PM10', 1],
    ['TEMP', 2],
    ['requests', 1],
  ])
})

it('Stations are in order of what is shown, with the word of the index', () => {
  const { shown } = shownOf(
    [series('PM2.5', 'a', 8), series('PM2.5', 'b', 80), series('PM2.5', 'c', null)],
    new Map(),
    0,
  )
  expect(shown.map(({ series: { station }, word, grade }) => [station, word, grade])).toEqual([
    ['b', 'extremely-poor', 6],
    ['a', 'good', 1],
    ['c', null, null],
  ])
})

it('Ahead of now the forecast is shown, never the measured value', () => {
  const point = { at: '2017-03-01T00:00:00Z', value: 30, lower: 10, upper: 60, kind: 'model' } as Point
  const { shown } = shownOf([series('PM2.5', 'a', 8), series('PM2.5', 'b', 80)], new Map([['PM2.5@a', point]]), 24)
  expect(shown.map(({ value, word }) => [value, word])).toEqual([
    [30, 'poor'],
    [null, null],
  ])
})

it('A measure without an index has colours of its own range and no words', () => {
  const { shown, ends } = shownOf([series('TEMP', 'a', 0), series('TEMP', 'b', 12)], new Map(), 0)
  expect(ends).toEqual([2, 4, 6, 8, 10])
  expect(shown.map(({ grade, word }) => [grade, word])).toEqual([
    [6, null],
    [1, null],
  ])
})
