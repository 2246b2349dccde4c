import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { keep, nextOf } from './follow'
import type { Load, Page } from './shapes'

const load = (id: string, state: Load['state'], rest: Partial<Load> = {}) =>
  ({ id, state, rows: 0, rejects: [], ...rest }) as unknown as Load

it('What is told of a run is what its page and the list show', () => {
  const queries = new QueryClient()
  queries.setQueryData<Page<Load>>(['forecast', 'loads'], { items: [load('b', 'waiting'), load('a', 'running')] })
  keep(queries, 'loads', load('a', 'running', { rows: 7 }))
  expect(queries.getQueryData<Load>(['forecast', 'loads', 'a'])?.rows).toBe(7)
  expect(queries.getQueryData<Page<Load>>(['forecast', 'loads'])?.items.map(one => one.rows)).toEqual([0, 7])
  expect(queries.getQueryState(['forecast', 'loads'])?.isInvalidated).toBe(false)
})

it('Rejects that were read stay while a load goes on, and are those of its end when it has ended', () => {
  const queries = new QueryClient()
  const reject = { line: 3, field: null, code: 'value-negative', message: '' }
  queries.setQueryData<Load>(['forecast', 'loads', 'a'], load('a', 'running', { rejects: [reject] }))
  keep(queries, 'loads', load('a', 'running', { rows: 7 }))
  expect(queries.getQueryData<Load>(['forecast', 'loads', 'a'])?.rejects).toEqual([reject])
  keep(queries, 'loads', load('a', 'done', { rejects: [reject, { ...reject, line: 4 }] }))
  expect(queries.getQueryData<Load>(['forecast', 'loads', 'a'])?.rejects).toHaveLength(2)
})

it('After an end the list is read again, because another run has its turn', () => {
  const queries = new QueryClient()
  queries.setQueryData<Page<Load>>(['forecast', 'loads'], { items: [load('a', 'running')] })
  keep(queries, 'loads', load('a', 'cancelled'))
  expect(queries.getQueryState(['forecast', 'loads'])?.isInvalidated).toBe(true)
  expect(queries.getQueryState(['forecast', 'loads', 'a'])?.isInvalidated).toBe(false)
})

it('Of a list the run that goes on is followed, else the oldest that waits', () => {
  const [third, second, first] = [load('c', 'waiting'), load('b', 'waiting'), load('a', 'done')]
  expect(nextOf([third, second, first])).toBe(second)
  expect(nextOf([third, { ...second, state: 'running' }, first])?.id).toBe('b')
  expect(nextOf([first])).toBeUndefined()
})
