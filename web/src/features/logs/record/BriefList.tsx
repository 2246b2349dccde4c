import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LogRecord } from '~/api/types'
import { useTimeFormat } from '~/app/preferences'
import { LevelTag } from '../LevelTag'
import styles from './Record.module.css'

interface Props {
  records: readonly LogRecord[]
  /** The record these surround. */
  here: string
  showService?: boolean
}

/** Few records in few words, for context and trace. */
export function BriefList({ records, here, showService = false }: Props) {
  const time = useTimeFormat()
  return (
    <ol className={styles.brief}>
      {records.map(record => (
        <li key={record.sequence}>
          <Link
            to="/logs/records/$sequence"
            params={{ sequence: record.sequence }}
            className={styles.briefRow}
            aria-current={record.sequence === here ? 'true' : undefined}
          >
            <span className={styles.briefTime}>{time.clock(record.timestamp)}</span>
            <LevelTag level={record.level} />
            <span className={styles.briefBody}>
              {showService && <b>{record.service} </b>}
              {record.body.slice(0, 300)}
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}

export function BriefSkeleton() {
  return (
    <div className={styles.brief} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map(key => (
        <Skeleton key={key} height={18} my={6} />
      ))}
    </div>
  )
}
