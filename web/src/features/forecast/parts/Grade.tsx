import { useTranslation } from 'react-i18next'
import type { IndexWord } from '../data/shapes'
import styles from './Grade.module.css'
import { gradeOf } from './grades'

/** The class of the air, in a word and a colour. */
export function Grade({ word }: { word: IndexWord | null }) {
  const { t } = useTranslation()
  if (!word) return null
  return (
    <span className={styles.grade} data-grade={gradeOf(word)}>
      <span className={styles.swatch} aria-hidden="true" />
      {t(`forecast.index.${word}`)}
    </span>
  )
}
