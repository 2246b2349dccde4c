import { expect, it } from 'vitest'
import { bandsOf, endsOf, gradeIn, gradeOf } from './grades'

it('The words of the index have grades from 1 to 6', () => {
  expect(gradeOf('good')).toBe(1)
  expect(gradeOf('extremely-poor')).toBe(6)
  expect(gradeOf(null)).toBeNull()
})

it('A value on the end of a band still belongs to it', () => {
  const ends = [10, 20, 25, 50, 75]
  expect([0, 10, 10.1, 75, 75.1].map(value => gradeIn(ends, value))).toEqual([1, 1, 2, 5, 6])
})

it('Without an index the bands divide what is shown', () => {
  expect(endsOf([0, 60])).toEqual([10, 20, 30, 40, 50])
  expect(endsOf([])).toEqual([])
  expect(bandsOf(endsOf([0, 60]))).toHaveLength(6)
  expect(bandsOf([10, 20])).toEqual([
    { grade: 1, from: null, to: 10 },
    { grade: 2, from: 10, to: 20 },
    { grade: 3, from: 20, to: null },
  ])
})
