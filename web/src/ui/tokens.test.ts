import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

function schemeOf(name: 'dark' | 'light', room = ''): (token: string) => Rgb {
  const block = css.split(`data-mantine-color-scheme='${name}']${room} {`)[1]?.split('}')[0] ?? ''
  const values = new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(found => [found[1], found[2]]))
  return token => {
    const hex = values.get(token)
    if (!hex) throw new Error(`${name} has no colour --${token}`)
    return [1, 3, 5].map(at => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as Rgb
  }
}

type Rgb = [number, number, number]

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes (2009), full severity: how each kind of colour-blind reader sees a colour. */
const sights = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

function seen([r, g, b]: Rgb, m: number[]): Rgb {
  const of = (row: number) => (m[row] ?? 0) * r + (m[row + 1] ?? 0) * g + (m[row + 2] ?? 0) * b
  return [of(0), of(3), of(6)].map(value => Math.min(1, Math.max(0, value))) as Rgb
}

/** Distance in OKLab times 100: about 2 is just visible. */
function apart(one: Rgb, other: Rgb): number {
  const [a, b] = [lab(one), lab(other)]
  return 100 * Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)))
}

function lab([r, g, b]: Rgb): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

describe.each([
  ['dark', ''],
  ['light', ''],
  ['dark', "[data-room='club']"],
  ['light', "[data-room='club']"],
] as const)('the %s scheme %s', (name, room) => {
  const colour = schemeOf(name, room)

  it('has text that can be read on every ground', () => {
    for (const ground of ['ground', 'surface', 'raised', 'sunken', 'hover', 'selected']) {
      for (const text of ['text', 'text-2', 'text-3', 'accent']) {
        expect(contrast(colour(text), colour(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    expect(contrast(colour('on-accent'), colour('accent-fill'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('bad'), colour('bad-soft'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('caution'), colour('caution-soft'))).toBeGreaterThanOrEqual(4.5)
    for (const tone of ['good', 'caution', 'bad']) {
      expect(contrast(colour(tone), colour('surface')), tone).toBeGreaterThanOrEqual(4.5)
    }
  })
})

describe.each(['dark', 'light'] as const)('the %s scheme', name => {
  const colour = schemeOf(name)

  it('has marks that can be read', () => {
    expect(contrast(colour('mark-text'), colour('mark'))).toBeGreaterThanOrEqual(4.5)
  })

  it('has levels that stand out from the surface, as bars and as text', () => {
    for (const level of levels) {
      expect(contrast(colour(`level-${level}`), colour('surface')), level).toBeGreaterThanOrEqual(3)
      for (const ground of ['surface', 'selected']) {
        expect(contrast(colour(`level-${level}-text`), colour(ground)), `${level} on ${ground}`).toBeGreaterThanOrEqual(
          4.5,
        )
      }
    }
  })

  it.each(Object.entries(sights))('keeps the levels apart with %s sight', (_, sight) => {
    for (const [at, one] of levels.entries()) {
      for (const other of levels.slice(at + 1)) {
        const distance = apart(seen(colour(`level-${one}`), sight), seen(colour(`level-${other}`), sight))
        expect(distance, `${one} and ${other}`).toBeGreaterThanOrEqual(9)
      }
    }
  })

  it.each(Object.entries(sights))('keeps the grades of the index apart with %s sight', (_, sight) => {
    for (const grade of [1, 2, 3, 4, 5]) {
      const distance = apart(seen(colour(`index-${grade}`), sight), seen(colour(`index-${grade + 1}`), sight))
      expect(distance, `${grade} and ${grade + 1}`).toBeGreaterThanOrEqual(9)
    }
  })

  it('has figures on the grades that can be read', () => {
    for (const grade of [1, 2, 3, 4, 5, 6])
      expect(contrast(colour(`index-${grade}-text`), colour(`index-${grade}`)), `${grade}`).toBeGreaterThanOrEqual(4.5)
  })

  it('has grades of which a worse one is farther from the ground', () => {
    const steps = [1, 2, 3, 4, 5, 6].map(grade => contrast(colour(`index-${grade}`), colour('ground')))
    expect(steps).toEqual([...steps].sort((one, other) => one - other))
  })
})
