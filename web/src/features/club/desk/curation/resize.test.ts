import { expect, it } from 'vitest'
import { fitted } from './resize'

it('A large picture is made to fit, a small one stays', () => {
  expect(fitted(6000, 4000)).toEqual({ width: 1600, height: 1067 })
  expect(fitted(3000, 6000)).toEqual({ width: 800, height: 1600 })
  expect(fitted(900, 600)).toEqual({ width: 900, height: 600 })
  expect(fitted(5000, 1)).toEqual({ width: 1600, height: 1 })
})
