import { expect, it } from 'vitest'
import { attributesOf } from './attributes'

it('Attributes without a column follow the body, each whole', () => {
  const attributes = { path: '/checkout', status: 502, run: 'seed' }
  expect(attributesOf({ body: 'payment failed', attributes }, ['level', 'status', 'body'])).toEqual([
    ['path', '/checkout'],
    ['run', 'seed'],
  ])
})

it('What does not fit beside the body is left out and never cut unseen', () => {
  const attributes = { path: '/checkout', trace: 'x'.repeat(300) }
  expect(attributesOf({ body: 'b'.repeat(190), attributes }, [])).toEqual([])
  expect(attributesOf({ body: 'b'.repeat(185), attributes }, [])).toEqual([['path', '/checkout']])
  const [, cut] = attributesOf({ body: 'short', attributes }, [])
  expect(cut).toEqual(['trace', `${'x'.repeat(80)}…`])
  expect(attributesOf({ body: 'b'.repeat(500), attributes: { a: '' } }, [])).toEqual([])
})
