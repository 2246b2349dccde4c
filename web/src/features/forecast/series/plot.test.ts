import { expect, it } from 'vitest'
import type { Point, Prediction } from '../data/shapes'
import { historyOf, outlookOf, pathOf, rangeOf, readingAt } from './plot'

const at = (hour: number) => new Date(Date.UTC(2017, 1, 1, hour)).toISOString()
const time = (hour: number) => Date.parse(at(hour))
const point = (hour: number, value: number): Point => ({
  at: at(hour),
  step: hour - 4,
  value,
  lower: value - 1,
  upper: value + 2,
  index: null,
  kind: 'model',
  answeredBy: 'ridge',
  baselines: {},
})
const prediction = (patch: Partial<Prediction>): Prediction => ({
  series: 'PM2.5@Dongsi',
  unit: 'ug/m3',
  step: 'hour',
  dataUntil: at(4),
  level: 0.9,
  validatedHorizon: 2,
  model: null,
  measured: null,
  points: [point(5, 10), point(6, 11), point(7, 12)],
  explanation: null,
  warnings: [],
  ...patch,
})

it('A line is broken where nothing was measured, and the gap is counted in steps', () => {
  const values = [0, 1, 4, 5].map(hour => ({ at: at(hour), value: hour, corrected: false }))
  const { rows, gaps } = historyOf({ values, step: 'hour' })
  expect(rows.map(row => row[1])).toEqual([0, 1, null, 4, 5])
  expect(gaps).toEqual([{ from: time(1), to: time(4), steps: 2 }])
})

it('A day of 25 hours is no gap', () => {
  const values = ['2017-10-28T22:00:00Z', '2017-10-29T23:00:00Z'].map(day => ({ at: day, value: 1, corrected: false }))
  expect(historyOf({ values, step: 'day' }).gaps).toEqual([])
})

it('Corrected values are marked', () => {
  const values = [
    { at: at(0), value: 1, corrected: false },
    { at: at(1), value: 2, corrected: true },
  ]
  expect(historyOf({ values, step: 'hour' }).corrected.map(value => value.at)).toEqual([at(1)])
})

it('A forecast begins at the last value and says from when on it was not tested', () => {
  const { line, band, beyondFrom } = outlookOf(prediction({}), [time(4), 9])
  expect(line[0]).toEqual([time(4), 9])
  expect(band[0]).toEqual([time(4), 9, 9])
  expect(band[1]).toEqual([time(5), 9, 12])
  expect(beyondFrom).toBe(time(7))
  expect(outlookOf(prediction({ validatedHorizon: 3 }), undefined).beyondFrom).toBeNull()
})

it('A point without an interval has no band', () => {
  const points = [{ ...point(5, 10), lower: null, upper: null }, point(6, 11)]
  expect(outlookOf(prediction({ points }), [time(4), 9]).band).toEqual([[time(6), 10, 13]])
})

it('What lies beyond by its kind is beyond whatever the horizon says', () => {
  const points = [point(5, 10), { ...point(6, 11), kind: 'climatology' as const }]
  expect(outlookOf(prediction({ points, validatedHorizon: 0 }), undefined).beyondFrom).toBe(time(6))
})

it('What followed another day is laid over the time of the forecast', () => {
  const values = [1, 2].map(hour => ({ at: at(hour), value: hour * 10, corrected: false }))
  expect(pathOf(values, at(0), at(4))).toEqual([
    [time(5), 10],
    [time(6), 20],
  ])
})

it('A reading is of the nearest step, measured or forecast, and there is none in a gap', () => {
  const values = [0, 1, 4].map(hour => ({ at: at(hour), value: hour, corrected: false }))
  const points = [point(5, 10), point(6, 11)]
  const near = (hour: number) => readingAt(time(hour) + 60_000, values, points, 'hour')
  expect(near(1)?.value).toBe(1)
  expect(near(6)?.point?.value).toBe(11)
  expect(near(2)).toBeNull()
  expect(readingAt(time(1), [], [], 'hour')).toBeNull()
})

it('A range that is not offered is the usual one', () => {
  expect(rangeOf('30', 'hour')).toBe(30)
  expect(rangeOf('31', 'hour')).toBe(7)
  expect(rangeOf(undefined, 'day')).toBe(90)
})
