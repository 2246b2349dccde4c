import { expect, it } from 'vitest'
import { placeAt } from './completion'

it('A word that is begun may become the name of a field', () => {
  expect(placeAt('level:error serv', 16)).toEqual({ kind: 'name', from: 12, typed: 'serv' })
})

it('After a colon the values of the field are wanted', () => {
  expect(placeAt('service:', 8)).toEqual({ kind: 'value', from: 8, field: 'service', typed: '' })
  expect(placeAt('service:che', 11)).toEqual({ kind: 'value', from: 8, field: 'service', typed: 'che' })
  expect(placeAt('-"odd name":"a b', 16)).toEqual({ kind: 'value', from: 12, field: 'odd name', typed: 'a b' })
})

it('After a blank a new condition begins', () => {
  expect(placeAt('service:cart ', 13)).toEqual({ kind: 'name', from: 13, typed: '' })
})

it('Only what stands before the caret counts', () => {
  expect(placeAt('service:cart level:error', 11)).toMatchObject({ kind: 'value', field: 'service', typed: 'car' })
})
