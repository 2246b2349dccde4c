import { expect, it } from 'vitest'
import { examples } from './examples'

const asked = { origin: 'http://here', series: `PM2.5@l'Eixample "A"`, horizon: 24 }

it('A name with quotes does not break out of any example', () => {
  const { curl, python, csharp } = examples.predict
  expect(curl(asked)).toContain(`l'\\''Eixample`)
  expect(python(asked)).toContain('"PM2.5@l\'Eixample \\"A\\""')
  expect(csharp(asked)).toContain('\\"A\\"')
})

it('Every example takes its key from the environment and calls the host it was read from', () => {
  for (const task of Object.values(examples))
    for (const write of Object.values(task)) {
      const text = write({ ...asked, series: 'PM2.5@Dongsi' })
      expect(text).toContain('RIALTO_KEY')
      expect(text).toContain('http://here')
      expect(text).not.toMatch(/rk_[a-z0-9]/)
    }
})
