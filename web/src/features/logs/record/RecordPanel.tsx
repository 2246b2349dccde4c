import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { IconButton } from '~/ui/IconButton'
import { recordQuery } from '../search/queries'
import styles from './Record.module.css'
import { RecordBody } from './RecordBody'

interface Props {
  sequence: string
  /** The record when the list has it; otherwise it is fetched. */
  known: LogRecord | undefined
  marks: RegExp | null
  onStep: (by: 1 | -1) => void
  onClose: () => void
}

/** One record beside the list, or in its place on a phone. */
export default function RecordPanel({ sequence, known, marks, onStep, onClose }: Props) {
  const { t } = useTranslation()
  const { data, error } = useQuery({ ...recordQuery(sequence), enabled: !known })
  return (
    <aside className={styles.panel} aria-label={t('record.title')}>
      <RecordBody
        record={known ?? data}
        error={known ? null : error}
        marks={marks}
        tools={
          <>
            <IconButton label={t('record.previous')} shortcut="K" icon={IconChevronUp} onClick={() => onStep(-1)} />
            <IconButton label={t('record.next')} shortcut="J" icon={IconChevronDown} onClick={() => onStep(1)} />
            <IconButton label={t('common.close')} shortcut="Esc" icon={IconX} onClick={onClose} />
          </>
        }
      />
    </aside>
  )
}
