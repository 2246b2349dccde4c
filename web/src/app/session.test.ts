import { expect, it } from 'vitest'
import { safeReturn } from './session'

const origin = 'https://rialto.example'

it('Signing in leads back to where the reader was', () => {
  expect(safeReturn('/logs?q=level%3Aerror&live=1#x', origin)).toBe('/logs?q=level%3Aerror&live=1#x')
})

it('Signing in never leads to another site', () => {
  for (const wanted of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    'logs',
    '',
    undefined,
    7,
  ]) {
    const path = safeReturn(wanted, origin)
    expect(new URL(path, origin).origin, String(wanted)).toBe(origin)
    expect(path.startsWith('//'), String(wanted)).toBe(false)
  }
})

it('Signing in does not lead back to the sign-in page', () => {
  expect(safeReturn('/sign-in?return=/logs', origin)).toBe('/')
})
