import { expect, it } from 'vitest'
import { Intention } from './intention'

it('The same words have the same key, however often they are sent', () => {
  const intention = new Intention()
  const key = intention.keyFor('dinner for two')
  expect(key).toMatch(/^[0-9a-f]{32}$/)
  expect(intention.keyFor('dinner for two')).toBe(key)
})

it('Other words are another booking', () => {
  const intention = new Intention()
  const key = intention.keyFor('dinner for two')
  expect(intention.keyFor('dinner for three')).not.toBe(key)
  // Having gone back to the first words is a new wish too: the other may have been sent meanwhile.
  expect(intention.keyFor('dinner for two')).not.toBe(key)
})

it('After a last word the same words are another booking', () => {
  const intention = new Intention()
  const key = intention.keyFor('dinner for two')
  intention.settle()
  expect(intention.keyFor('dinner for two')).not.toBe(key)
})
