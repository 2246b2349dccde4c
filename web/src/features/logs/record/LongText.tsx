import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { Marked } from '../table/Marked'
import styles from './Record.module.css'

/** A body longer than this is folded: laying out a megabyte of text would freeze the page. */
const foldedMax = 4_000

export function LongText({ text, marks }: { text: string; marks: RegExp | null }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const [all, setAll] = useState(false)
  const folded = !all && text.length > foldedMax
  return (
    <div className={styles.body}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached without a pointer. */}
      <pre className={styles.text} tabIndex={0}>
        <Marked text={folded ? text.slice(0, foldedMax) : text} marks={marks} all />
        {folded && '…'}
      </pre>
      {folded && (
        <button type="button" className={styles.unfold} onClick={() => setAll(true)}>
          {t('record.showAll', { characters: count(text.length) })}
        </button>
      )}
    </div>
  )
}
