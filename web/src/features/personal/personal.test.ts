import { expect, it } from 'vitest'
import { Problem } from '~/api/problem'
import { worded } from './personal'

const key = (text: string) => text

it('A known refusal is told in the words of the reader, at the field it is about', () => {
  const told = worded(new Problem(400, 'field-missing', 'Say why.', { field: 'reason' }), key)
  expect(told).toMatchObject({
    status: 400,
    code: 'field-missing',
    message: 'personal.refused.reason',
    field: 'reason',
  })
  expect(worded(new Problem(409, 'last-administrator', 'The last one.'), key)).toMatchObject({
    message: 'personal.refused.last',
    field: undefined,
  })
})

it('What is not known stays as the host said it', () => {
  const other = new Problem(503, 'engine-down', 'Not now.')
  expect(worded(other, key)).toBe(other)
  const fault = new TypeError('no network')
  expect(worded(fault, key)).toBe(fault)
})
