import { describe, expect, it } from 'vitest'
import { asPhrase, exclude, filterOn, only, term, unfilter } from './edit'

describe('a click on a value', () => {
  it('adds a condition to what is there', () => {
    expect(only('', 'service', 'checkout')).toBe('service:checkout')
    expect(only('boom', 'service', 'checkout')).toBe('boom service:checkout')
    expect(exclude('boom', 'service', 'checkout')).toBe('boom -service:checkout')
  })

  it('replaces another value of the same field', () => {
    expect(only('service:cart boom', 'service', 'checkout')).toBe('boom service:checkout')
  })

  it('replaces a group of values of the field', () => {
    expect(only('level:(error OR fatal) boom', 'level', 'warn')).toBe('boom level:warn')
  })

  it('takes back the opposite condition on the same value and leaves others', () => {
    expect(only('-service:checkout -service:cart', 'service', 'checkout')).toBe('-service:cart service:checkout')
    expect(exclude('service:checkout x', 'service', 'checkout')).toBe('x -service:checkout')
  })

  it('is undone by another one', () => {
    for (const query of ['', 'boom', 'level:error AND boom', '(a OR b) c']) {
      expect(unfilter(only(query, 'host', 'web 1'), 'host', 'web 1')).toBe(query)
      expect(unfilter(exclude(query, 'host', 'web 1'), 'host', 'web 1')).toBe(query)
    }
  })

  it('knows a field by all of its names', () => {
    expect(only('env:prod', 'environment', 'staging')).toBe('environment:staging')
    expect(filterOn('app:shop', 'application', 'shop')).toBe('only')
  })

  it('leaves no AND without a partner', () => {
    expect(unfilter('a AND service:x AND b', 'service', 'x')).toBe('a AND b')
    expect(unfilter('service:x AND b', 'service', 'x')).toBe('b')
    expect(unfilter('a AND service:x', 'service', 'x')).toBe('a')
  })

  it('never changes a phrase', () => {
    expect(only('"a  AND  b"', 'service', 'x')).toBe('"a  AND  b" service:x')
  })

  it('puts an alternative into parentheses before it joins', () => {
    expect(only('a OR b', 'service', 'x')).toBe('(a OR b) service:x')
  })
})

describe('a written condition', () => {
  it('quotes what would mean something else bare', () => {
    expect(term('path', '/a b')).toBe('path:"/a b"')
    expect(term('path', 'a*')).toBe('path:"a*"')
    expect(term('n', '>5')).toBe('n:">5"')
    expect(term('n', '-5')).toBe('n:"-5"')
    expect(term('x', 'OR')).toBe('x:"OR"')
    expect(term('x', '')).toBe('x:""')
    expect(term('x', 'say "hi" \\')).toBe('x:"say \\"hi\\" \\\\"')
  })

  it('leaves plain words and paths as they are', () => {
    expect(term('k8s.pod.name', 'web-1.a/b@c')).toBe('k8s.pod.name:web-1.a/b@c')
  })

  it('is found again in the query it was put into', () => {
    for (const value of ['plain', 'two words', 'quo"te', 'back\\slash', '*', '', 'AND', '(x)', 'a:b']) {
      expect(filterOn(only('boom', 'field', value), 'field', value), value).toBe('only')
      expect(filterOn(exclude('boom', 'field', value), 'field', value), value).toBe('excluded')
    }
  })
})

it('text that is no query becomes a phrase', () => {
  expect(asPhrase(' level:error "pay ')).toBe('"level:error \\"pay"')
})
