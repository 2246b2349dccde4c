import { expect, it } from 'vitest'
import { added, gridOf, moved, removed } from './columns'

it('A column is added before the body, once', () => {
  expect(added(['level', 'body'], 'status')).toEqual(['level', 'status', 'body'])
  expect(added(['level', 'body'], 'level')).toEqual(['level', 'body'])
  expect(added(['level'], 'status')).toEqual(['level', 'status'])
})

it('A column moves by one and not past the ends', () => {
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
})

it('The last column cannot be removed', () => {
  expect(removed(['a', 'b'], 'a')).toEqual(['b'])
  expect(removed(['b'], 'b')).toEqual(['b'])
})

it('The body takes the space that is left, or else the last column', () => {
  expect(gridOf(['level', 'body'], { level: 80 })).toBe('168px 80px minmax(280px, 1fr)')
  expect(gridOf(['level', 'status'], {})).toBe('168px 66px minmax(280px, 1fr)')
})
