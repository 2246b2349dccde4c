import { expect, it } from 'vitest'
import { diffLines, sortedJson } from './diff'

const told = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => ({ same: ' ', gone: '-', new: '+' })[kind] + text)

it('Lines that stay are kept, the others are gone or new', () => {
  expect(told('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d'])
})

it('Both texts can be read from the difference', () => {
  const [before, after] = ['q\nw\ne\nr\nt\ny', 'w\nq\ne\nt\nt\ny\nu']
  const lines = diffLines(before, after)
  expect(
    lines
      .filter(({ kind }) => kind !== 'new')
      .map(({ text }) => text)
      .join('\n'),
  ).toBe(before)
  expect(
    lines
      .filter(({ kind }) => kind !== 'gone')
      .map(({ text }) => text)
      .join('\n'),
  ).toBe(after)
})

it('Very long texts are told apart as a whole, in a moment', () => {
  const long = Array.from({ length: 3_000 }, (_, at) => `line ${at}`).join('\n')
  expect(diffLines(long, `${long}\nmore`)).toHaveLength(6_001)
})

it('The order of keys makes no difference', () => {
  expect(sortedJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(sortedJson({ a: [{ c: 2, d: 1 }], b: 1 }))
})
