import { expect, it } from 'vitest'
import { agentOf } from './agent'

it('Browsers are told by the name a person knows', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  expect(agentOf(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/140.0 Safari/537.36`)).toBe('Chrome · Linux')
  expect(agentOf(`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`)).toBe('Edge · Windows')
  expect(agentOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1')).toBe('Safari · iOS')
  expect(agentOf('curl/7.88.1')).toBe('curl')
  expect(agentOf(null)).toBeNull()
})
