import { expect, it } from 'vitest'
import { Problem, problemOf } from './problem'

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers })

it('Problem details are read with the place of the fault', () => {
  const body = { code: 'query-syntax', detail: 'A value is missing.', position: 6, length: 1, expected: ['a value'] }
  const problem = problemOf(answer(400), body)
  expect(problem).toMatchObject({
    status: 400,
    code: 'query-syntax',
    message: 'A value is missing.',
    position: 6,
    length: 1,
  })
  expect(problem.isQuery).toBe(true)
  expect(problem.isPassing).toBe(false)
})

it('An answer that is no problem details is a problem all the same', () => {
  for (const body of ['<html>', null, undefined, [], { code: 5, expected: 'x', position: '1' }]) {
    const problem = problemOf(answer(502), body)
    expect(problem).toMatchObject({ status: 502, code: 'http-502', expected: [], position: undefined })
    expect(problem.isPassing).toBe(true)
  }
})

it('The wait a server asks for is kept', () => {
  expect(problemOf(answer(429, { 'Retry-After': '12' }), {}).retryAfterSeconds).toBe(12)
  expect(problemOf(answer(429), {}).retryAfterSeconds).toBeUndefined()
})

it('No answer at all may pass', () => {
  expect(Problem.unreachable(new TypeError('failed'))).toMatchObject({
    status: 0,
    code: 'unreachable',
    isPassing: true,
  })
})
