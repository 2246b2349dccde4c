import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Call, exampleLanguages, exampleOf } from './examples'
import { addressOf, type Description, endpointsOf, finds, sampleOf, typeName } from './openapi'

const ours = JSON.parse(
  readFileSync(new URL('../../api/openapi.json', import.meta.url), 'utf8'),
) as unknown as Description

describe('the description of our own API', () => {
  const endpoints = endpointsOf(ours)

  it('has every operation once', () => {
    const count = Object.values(ours.paths).reduce((sum, operations) => sum + Object.keys(operations).length, 0)
    expect(endpoints).toHaveLength(count)
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(count)
  })

  it('gives every body a sample', () => {
    for (const { body, id } of endpoints.filter(endpoint => endpoint.body && endpoint.bodyType.includes('json')))
      expect(JSON.stringify(sampleOf(body, ours)), id).toBeTruthy()
  })
})

const description: Description = {
  paths: {
    '/things/{id}': {
      get: {
        summary: 'One thing',
        tags: ['Things'],
        parameters: [
          { name: 'id', in: 'path' },
          { name: 'q', in: 'query' },
        ],
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string', format: 'uuid' },
          count: { type: ['null', 'integer'] },
          kind: { enum: ['a', 'b'] },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        },
      },
    },
  },
}

it('A sample has every field, and a schema that contains itself ends', () => {
  const sample = sampleOf({ $ref: '#/components/schemas/Thing' }, description)
  expect(sample).toMatchObject({ id: '00000000-0000-0000-0000-000000000000', count: 0, kind: 'a' })
})

it('Types are told in a word', () => {
  expect(typeName({ type: 'array', items: { $ref: '#/components/schemas/Thing' } })).toBe('Thing[]')
  expect(typeName({ type: ['null', 'string'], format: 'date-time' })).toBe('string (date-time)')
})

it('Words are sought in method, path, summary and tag', () => {
  const [one] = endpointsOf(description)
  if (!one) throw new Error('no endpoint')
  expect(finds(one, 'GET things one')).toBe(true)
  expect(finds(one, 'post')).toBe(false)
})

it('What is typed for a parameter stays in its place', () => {
  const [one] = endpointsOf(description)
  if (!one) throw new Error('no endpoint')
  expect(addressOf(one, { id: 'a/../b?c', q: 'x&y=z' })).toBe('/things/a%2F..%2Fb%3Fc?q=x%26y%3Dz')
  expect(addressOf(one, {})).toBe('/things/{id}')
})

it('No text ends the literal it stands in', () => {
  const call: Call = {
    method: 'post',
    url: 'http:' + "//h/it's",
    body: `{"a":"\\"'$x"}\n`,
    contentType: 'application/json',
  }
  expect(exampleOf('curl', call)).toContain("'http:" + "//h/it'\\''s'")
  for (const language of exampleLanguages.filter(name => name !== 'curl'))
    expect(exampleOf(language, call), language).toContain(JSON.stringify(call.body))
})
