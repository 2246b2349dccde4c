import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

/** Each language by its own name, as a reader who knows only that one would look for it. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'it', name: 'Italiano' },
] as const

export type Language = (typeof languages)[number]['code']

const loaders: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  it: () => import('./it.json'),
}

export const isLanguage = (code: string): code is Language => languages.some(language => language.code === code)

/** English is always there, since it also stands in for what another language lacks; others are loaded when chosen. */
export async function startLanguage(code: Language) {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await switchLanguage(code)
}

export async function switchLanguage(code: Language) {
  if (code !== 'en' && !i18next.hasResourceBundle(code, 'translation')) {
    i18next.addResourceBundle(code, 'translation', (await loaders[code]()).default)
  }
  await i18next.changeLanguage(code)
  document.documentElement.lang = code
}
