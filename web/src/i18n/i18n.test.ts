import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sources } from '../sources'
import { languages } from '.'

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') all.set(path + key, value)
    else for (const [name, text] of flat(value, `${path}${key}.`)) all.set(name, text)
  }
  return all
}

/** The files of a language by area. */
function areasOf(language: string): Map<string, Tree> {
  const folder = new URL(`./${language}/`, import.meta.url)
  const names = readdirSync(folder).filter(name => name.endsWith('.json'))
  return new Map(names.map(name => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Tree]))
}

function textsOf(language: string): Map<string, string> {
  return new Map([...areasOf(language).values()].flatMap(tree => [...flat(tree)]))
}

const english = textsOf('en')
const others = Object.fromEntries(languages.map(({ code }) => [code, textsOf(code)]))
const plural = /_(zero|one|two|few|many|other)$/

it('An area has its texts in one file of each language, and no two areas have a key in common', () => {
  const keysOf = (language: string) => [...areasOf(language)].map(([area, tree]) => [area, Object.keys(tree).sort()])
  for (const { code } of languages) expect(keysOf(code), code).toEqual(keysOf('en'))
  const keys = [...areasOf('en').values()].flatMap(tree => Object.keys(tree))
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

it('Every language has every text, with the same places to fill', () => {
  const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(found => found[1]).sort()
  for (const [language, texts] of Object.entries(others)) {
    expect([...texts.keys()].sort(), language).toEqual([...english.keys()].sort())
    for (const [key, text] of texts) expect(places(text), `${language} ${key}`).toEqual(places(english.get(key) ?? ''))
  }
})

it('Every text is used somewhere', () => {
  const code = sources(/\.tsx?$/)
    .map(({ text }) => text)
    .join('\n')
  // Keys in quotes, and the fixed parts of keys that are put together, as in t(`live.phase.${phase}`).
  const whole = new Set([...code.matchAll(/['"`]([\w.]+)['"`]/g)].map(found => found[1] ?? ''))
  const joined = [...code.matchAll(/t\(\s*`([\w.]+)\$\{/g)].map(found => found[1] ?? '')
  const unused = [...english.keys()].filter(key => {
    const name = key.replace(plural, '')
    return !whole.has(name) && !joined.some(start => name.startsWith(start))
  })
  expect(unused).toEqual([])
})

it('No component has text of its own', () => {
  const found: string[] = []
  for (const { path, text } of sources(/\.tsx$/)) {
    // Between two tags of one line, and in the attributes a reader meets.
    for (const [, words] of text.matchAll(/>([^<>{}\n=]*[A-Za-z]{2}[^<>{}\n=]*)<\//g))
      if (words?.trim() !== 'Rialto') found.push(`${path}: ${words}`)
    for (const [, name, words] of text.matchAll(/\s(label|title|placeholder|aria-label|alt)="([^"]+)"/g))
      found.push(`${path}: ${name} ${words}`)
  }
  expect(found).toEqual([])
})
