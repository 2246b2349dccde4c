import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import styles from './Loads.module.css'

interface Props {
  file: File | null
  onPick: (file: File) => void
}

/** A file by the button or let fall; the input is the browser's own, so that a keyboard reaches it. */
export function FilePicker({ file, onPick }: Props) {
  const { t } = useTranslation()
  const { bytes } = useNumberFormat()
  const [over, setOver] = useState(false)
  const Sign = file ? IconFileSpreadsheet : IconUpload
  return (
    <label
      className={styles.picker}
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        const [dropped] = event.dataTransfer.files
        if (dropped) onPick(dropped)
      }}
    >
      <Sign size={28} stroke={1.4} aria-hidden />
      <span className={styles.pickerName}>
        {file ? `${file.name} · ${bytes(file.size)}` : t('forecast.loads.pick')}
      </span>
      <span className={styles.quiet}>{file ? t('forecast.loads.pickOther') : t('forecast.loads.pickAbout')}</span>
      <input
        type="file"
        accept=".csv,.txt,.tsv,.gz,text/csv"
        aria-label={t('forecast.loads.pick')}
        onChange={event => {
          const [picked] = event.currentTarget.files ?? []
          if (picked) onPick(picked)
        }}
      />
    </label>
  )
}
