import { expect, it } from 'vitest'
import type { Series } from '../data/shapes'
import { faultsOf, partnersOf, requestOf, restepped, setupFor, setupOf } from './setup'

const hourly = setupFor('hour', ['PM2.5@Dongsi'])

it('The defaults have no fault and ask for what the host would take by itself', () => {
  expect(faultsOf(hourly)).toEqual([])
  expect(requestOf(hourly)).toMatchObject({ algorithm: 'ensemble', horizon: 24, k: 60, transform: 'log', level: 0.9 })
  expect(requestOf(hourly)).not.toHaveProperty('p')
  expect(requestOf(hourly)).not.toHaveProperty('name')
})

it('Daily series have defaults of their own, and a changed step changes only those', () => {
  const daily = restepped({ ...hourly, metric: 'manhattan' }, 'day')
  expect(daily).toMatchObject({
    horizon: '14',
    k: '15',
    lags: '14',
    transform: 'level',
    combine: 'median',
    metric: 'manhattan',
  })
})

it('What the algorithm does not use is neither sent nor a fault', () => {
  const ridge = { ...hourly, algorithm: 'ridge' as const, k: 'many' }
  expect(faultsOf(ridge)).toEqual([])
  expect(requestOf(ridge)).not.toHaveProperty('k')
  expect(requestOf(ridge)).not.toHaveProperty('metric')
})

it('Figures out of bounds and half ones are faults', () => {
  expect(faultsOf({ ...hourly, k: '0', horizon: '2.5', level: '1', lags: '' })).toEqual([
    'horizon',
    'k',
    'lags',
    'level',
  ])
  expect(faultsOf({ ...hourly, series: [] })).toEqual(['series'])
})

it('The exponent counts for Minkowski only', () => {
  expect(faultsOf({ ...hourly, p: '0.5' })).toEqual([])
  expect(faultsOf({ ...hourly, metric: 'minkowski', p: '0.5' })).toEqual(['p'])
  expect(requestOf({ ...hourly, metric: 'minkowski', p: '1.5' })).toMatchObject({ p: 1.5 })
})

it('A tree cannot search by a measure that is no distance', () => {
  expect(faultsOf({ ...hourly, metric: 'dtw', search: 'kd_tree' })).toEqual(['search'])
  expect(faultsOf({ ...hourly, metric: 'dtw', search: 'brute' })).toEqual([])
})

it('A model’s parameters come back as they were', () => {
  const setup = { ...hourly, k: '5', weights: 'uniform' as const, features: ['calendar', 'weather'] as const }
  const again = setupOf('hour', ['PM2.5@Dongsi'], '', {
    ...requestOf({ ...setup, features: [...setup.features] }),
    p: null,
    hash: 'x',
  })
  expect(requestOf(again)).toEqual(requestOf({ ...setup, features: [...setup.features] }))
})

it('Only stations of the same measure and step can be trained together', () => {
  const all = [
    { key: 'PM2.5@a', measure: 'PM2.5', step: 'hour' },
    { key: 'PM2.5@b', measure: 'PM2.5', step: 'hour' },
    { key: 'units@a', measure: 'units', step: 'day' },
  ] as Series[]
  expect(partnersOf(all, ['PM2.5@a']).map(({ key }) => key)).toEqual(['PM2.5@a', 'PM2.5@b'])
  expect(partnersOf(all, [])).toHaveLength(3)
})
