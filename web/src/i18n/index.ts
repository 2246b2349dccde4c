import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import shell from './en/shell.json'
import type { Texts } from './texts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: Texts }
  }
}

/** Each language by its own name, as a reader who knows only that one would look for it. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'it', name: 'Italiano' },
] as const

export type Language = (typeof languages)[number]['code']

export const isLanguage = (code: string): code is Language => languages.some(language => language.code === code)

// One file an area and language; each is brought when a page of its area is opened.
const files = import.meta.glob<object>('./*/*.json', { import: 'default' })

/** The areas whose texts this page has needed so far: another language brings them all. */
const areas = new Set(['shell'])

/** The shell's English is always there, since it also has to tell that nothing else could be loaded. */
export async function startLanguage(code: Language) {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: structuredClone(shell) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await switchLanguage(code)
}

export async function switchLanguage(code: Language) {
  await Promise.all([...areas].map(area => bring(code, area)))
  await i18next.changeLanguage(code)
  document.documentElement.lang = code
}

/** For the loader of a route: its page is shown when it can speak. */
export const texts = (area: string) => async () => {
  areas.add(area)
  await bring(i18next.language, area)
}

const brought = new Set(['en/shell'])

async function bring(code: string, area: string) {
  const name = `${code}/${area}`
  if (brought.has(name)) return
  const load = files[`./${name}.json`]
  if (!load) throw new Error(`There are no texts ${name}`)
  i18next.addResourceBundle(code, 'translation', await load(), true, true)
  brought.add(name)
}
