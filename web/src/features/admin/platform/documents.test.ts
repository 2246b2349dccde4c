import { expect, it } from 'vitest'
import type { Revision } from '~/api/types'
import { waitingOf } from './documents'

const revisions = (...states: string[]) => states.map((state, at) => ({ id: states.length - at, state }) as Revision)

it('A draft newer than what is in force waits', () => {
  expect(waitingOf(revisions('valid', 'active', 'retired'))?.id).toBe(3)
  expect(waitingOf(revisions('draft', 'active'))?.id).toBe(2)
})

it('An older draft waits no more', () => {
  expect(waitingOf(revisions('active', 'valid'))).toBeUndefined()
  expect(waitingOf([])).toBeUndefined()
})
