import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mapping } from '../data/shapes'
import { FilePicker } from '../loads/FilePicker'
import { MappingForm } from '../loads/MappingForm'
import { measuresOf } from '../loads/mapping'
import { Preview } from '../loads/Preview'
import { useFile } from '../loads/useFile'
import styles from './Lab.module.css'

interface Props {
  onChange: (attached: { file: File; mapping: Mapping; measure: string } | null) => void
}

/** A file that a test alone sees and nobody keeps. */
export function AttachedFile({ onChange }: Props) {
  const { t } = useTranslation()
  const [measure, setMeasure] = useState('')
  const given = useFile()
  const { file, table, draft, mapping } = given
  const measures = draft && table ? measuresOf(draft, table) : []
  const tell = (next: typeof draft, chosen: string) => {
    const told = given.change(next)
    onChange(told && file ? { file, mapping: told, measure: chosen } : null)
  }
  return (
    <div className={`${styles.whole} ${styles.drop}`}>
      <FilePicker
        file={file}
        onPick={picked =>
          void given.pick(picked).then(ready => {
            const first = ready ? (measuresOf(ready.draft, ready.table)[0] ?? '') : ''
            setMeasure(first)
            onChange(ready?.mapping ? { file: picked, mapping: ready.mapping, measure: first } : null)
          })
        }
      />
      {table && draft && (
        <>
          <MappingForm table={table} draft={draft} onChange={next => tell(next, measure)} />
          {measures.length > 0 && (
            <Select
              label={t('forecast.lab.fileMeasure')}
              allowDeselect={false}
              data={measures}
              value={measures.includes(measure) ? measure : (measures[0] ?? null)}
              onChange={value => {
                setMeasure(value ?? '')
                tell(draft, value ?? '')
              }}
            />
          )}
          <Preview table={table} draft={draft} isComplete={mapping !== null} />
        </>
      )}
    </div>
  )
}
