import { expect, it } from 'vitest'
import { areasOf } from './permissions'

it('Permissions are ordered by area, and verbs from the mildest on', () => {
  const { verbs, areas } = areasOf(['store.write', 'logs.manage', 'logs.read', 'club.approve'])
  expect(verbs).toEqual(['read', 'write', 'manage', 'approve'])
  expect(areas.map(({ area, held }) => [area, ...held])).toEqual([
    ['club', 'approve'],
    ['logs', 'manage', 'read'],
    ['store', 'write'],
  ])
})
