import { describe, expect, it } from 'vitest'
import { clausesOf, plain, tokensOf } from './tokens'

const kinds = (query: string) => tokensOf(query).map(({ kind, text }) => `${kind} ${text}`)

describe('tokens of a query', () => {
  it('tell fields from values, words, phrases and operators', () => {
    expect(kinds('level:error AND "payment failed" -path:/health timeout')).toEqual([
      'field level:',
      'value error',
      'operator AND',
      'phrase "payment failed"',
      'not -',
      'field path:',
      'value /health',
      'word timeout',
    ])
  })

  it('keep a range with its blanks as one value', () => {
    expect(kinds('duration:[100 TO 250] x')).toEqual(['field duration:', 'number [100 TO 250]', 'word x'])
  })

  it('see comparisons and numbers', () => {
    expect(kinds('status:>=500 n:-3.5')).toEqual(['field status:', 'number >=500', 'field n:', 'number -3.5'])
  })

  it('do not end a phrase at an escaped quotation mark', () => {
    expect(kinds('"a \\" b" c')).toEqual(['phrase "a \\" b"', 'word c'])
  })

  it('take a phrase that is never closed to the end', () => {
    expect(kinds('level:error "pay')).toEqual(['field level:', 'value error', 'phrase "pay'])
  })

  it('do not take an address, a time or a drive for a field', () => {
    expect(kinds('http://x/y a::b C:\\temp 10:30')).toEqual([
      'word http://x/y',
      'word a::b',
      'word C:\\temp',
      'word 10:30',
    ])
  })

  it('cover every character that is not blank, whatever is typed', () => {
    for (const query of [
      ':',
      '::',
      'a:',
      ')(',
      '"',
      '-',
      '--a',
      'a:"',
      'a:[',
      '\\',
      'a\\',
      '🙂:🙂',
      'NOT',
      '- a',
      'x:)',
      '{',
    ]) {
      const covered = tokensOf(query)
        .map(({ text }) => text)
        .join('')
      expect(covered.replace(/\s/g, ''), query).toBe(query.replace(/\s/g, ''))
    }
  })
})

describe('conditions at the top of a query', () => {
  it('carry field, value and whether they are negated', () => {
    expect(clausesOf('service:checkout -level:debug NOT host:"web 1" boom')).toMatchObject([
      { field: 'service', value: 'checkout', negated: false },
      { field: 'level', value: 'debug', negated: true },
      { field: 'host', value: 'web 1', negated: true },
      { field: null, value: 'boom', negated: false },
    ])
  })

  it('count a group in parentheses as one', () => {
    expect(clausesOf('a -(b OR c) d')).toMatchObject([
      { value: 'a' },
      { value: null, negated: true, from: 2, to: 11 },
      { value: 'd' },
    ])
  })

  it('know the field of a group', () => {
    expect(clausesOf('-level:(debug OR trace) x')).toMatchObject([
      { field: 'level', value: null, negated: true, from: 0, to: 23 },
      { value: 'x' },
    ])
  })

  it('are not known when an OR stands at the top or parentheses do not match', () => {
    expect(clausesOf('a OR b')).toBeNull()
    expect(clausesOf('(a')).toBeNull()
    expect(clausesOf('a)')).toBeNull()
    expect(clausesOf('a NOT')).toBeNull()
  })

  it('have an empty value where none is given', () => {
    expect(clausesOf('level: error')).toMatchObject([
      { field: 'level', value: '' },
      { field: null, value: 'error' },
    ])
  })
})

it('plain text has neither quotes nor escapes', () => {
  expect(plain('"a \\"b\\" \\\\"')).toBe('a "b" \\')
  expect(plain('"C:\\temp"')).toBe('C:\\temp')
  expect(plain('a\\*b\\c')).toBe('a*b\\c')
})
