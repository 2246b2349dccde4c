import { useTranslation } from 'react-i18next'
import { words } from './setup'

type Word = (typeof words)[keyof typeof words][number]

const known: ReadonlySet<string> = new Set(Object.values(words).flat())
const isWord = (word: string): word is Word => known.has(word)

/** A word of the host's in plain language; one that is newer than this page stays as it is. */
export function useWord() {
  const { t } = useTranslation()
  return (word: string) => (isWord(word) ? t(`forecast.lab.word.${word}`) : word)
}
