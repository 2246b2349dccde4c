import { expect, it } from 'vitest'
import { markedPieces, marksOf } from './marks'

const marked = (query: string, text: string) =>
  markedPieces(text, marksOf(query))
    .filter(piece => piece.marked)
    .map(piece => piece.text)

it('Words are marked as whole words, whatever their case', () => {
  expect(marked('error', 'Error: no errors, ERROR_1')).toEqual(['Error', 'ERROR'])
})

it('A phrase is marked as it was written', () => {
  expect(marked('"payment failed"', 'the Payment failed; payment  failed; repayment failed')).toEqual([
    'Payment failed',
  ])
})

it('A wildcard marks the whole word', () => {
  expect(marked('time*', 'timeout of timer 3')).toEqual(['timeout', 'timer'])
})

it('What is asked of a field is not marked, save of the body', () => {
  expect(marked('service:cart body:cart', 'cart')).toEqual(['cart'])
  expect(marksOf('service:cart level:error')).toBeNull()
})

it('What is left out is not marked', () => {
  expect(marksOf('-error NOT "a b"')).toBeNull()
  expect(marked('(cart OR order) -x', 'cart')).toEqual([])
})

it('Any of several alternatives is marked', () => {
  expect(marked('cart OR "gift card" OR -no', 'no cart, gift card')).toEqual(['cart', 'gift card'])
})

it('Signs with a meaning in expressions are only signs', () => {
  expect(marked('"a.b(c)"', 'a.b(c) axb(c)')).toEqual(['a.b(c)'])
  expect(marked('c++', 'c++ c')).toEqual(['c++'])
})

it('No query whatsoever is more than the expression can take', () => {
  for (const query of [
    'a-b_c',
    '-',
    '*',
    '**',
    '?',
    '\\',
    'a\\',
    '[',
    '(',
    '{1,',
    '"-"',
    '$^',
    '/',
    '🙂-🙂*',
    'a OR -',
    '#&~`',
  ]) {
    expect(() => markedPieces('a-b 🙂', marksOf(query)), query).not.toThrow()
  }
  expect(marked('this-word', 'not this-word')).toEqual(['this-word'])
})

it('The pieces together are the text', () => {
  const text = 'one two one <b>two</b>'
  expect(
    markedPieces(text, marksOf('two'))
      .map(piece => piece.text)
      .join(''),
  ).toBe(text)
})
