import { expect, it } from 'vitest'
import en from '~/i18n/en/desk.json'
import it_ from '~/i18n/it/desk.json'
import { refusalOf } from './refusal'

it('A code is its own refusal', () => {
  expect(refusalOf('only-forward')).toMatchObject({ code: 'only-forward' })
})

it('A sentence with particulars is known, and its particulars are kept', () => {
  expect(refusalOf('book: no known outcome after 8 sendings')).toMatchObject({
    code: 'no-known-outcome',
    values: { step: 'book', n: '8' },
  })
  expect(refusalOf('no answer in 400 ms')).toMatchObject({ code: 'no-answer' })
  expect(refusalOf('no answer: ResponseEnded')).toMatchObject({ code: 'no-answer' })
  expect(refusalOf('status 503')).toMatchObject({ code: 'status', values: { n: '503' } })
  expect(refusalOf('not connected: ConnectionError')).toMatchObject({ code: 'not-connected' })
})

it('The words of a vendor or a person stay as they are', () => {
  expect(refusalOf('The time is not bookable')).toBeNull()
  expect(refusalOf('status quo')).toBeNull()
})

it('Every refusal has words in both languages', () => {
  const [english, italian] = [en.clubDesk.refusal, it_.clubDesk.refusal]
  expect(Object.keys(italian).sort()).toEqual(Object.keys(english).sort())
  for (const code of Object.keys(english)) expect(refusalOf(code)?.code).toBe(code)
  for (const [code, words] of Object.entries(italian))
    expect(words, code).not.toBe(english[code as keyof typeof english])
})
