import { memo } from 'react'
import type { LogRecord } from '~/api/types'
import type { TimeFormat } from '~/ui/time'
import { LevelTag } from '../LevelTag'
import { levelOf } from '../levels'
import { fieldValue } from '../record/values'
import { attributesOf } from './attributes'
import { Marked } from './Marked'
import styles from './RecordList.module.css'

interface Props {
  record: LogRecord
  columns: readonly string[]
  marks: RegExp | null
  time: TimeFormat
  /** One below another on a narrow screen, side by side on a wide one. */
  narrow: boolean
}

/** The cells of one record. Drawn anew only when the record or how it is shown changes. */
export const Row = memo(function Row({ record, columns, marks, time, narrow }: Props) {
  if (narrow) return <Card record={record} columns={columns} marks={marks} time={time} />
  return (
    <>
      <span className={styles.strip} data-level={levelOf(record.level)} />
      <span role="gridcell" className={styles.time}>
        {time.row(record.timestamp)}
      </span>
      {columns.map(column => (
        <span role="gridcell" key={column} className={styles.cell} data-column={column === 'body' ? 'body' : undefined}>
          <Cell record={record} column={column} columns={columns} marks={marks} />
        </span>
      ))}
    </>
  )
})

function Cell({ record, column, columns, marks }: Pick<Props, 'record' | 'columns' | 'marks'> & { column: string }) {
  if (column === 'level') return <LevelTag level={record.level} />
  if (column === 'body') return <Body record={record} columns={columns} marks={marks} />
  return fieldValue(record, column)
}

/** The space a short body leaves goes to the attributes that have no column, quietly. */
function Body({ record, columns, marks }: Pick<Props, 'record' | 'columns' | 'marks'>) {
  return (
    <>
      <Marked text={record.body} marks={marks} />
      {attributesOf(record, columns).map(([name, text]) => (
        <span key={name} className={styles.more}>
          {name}=<b>{text}</b>
        </span>
      ))}
    </>
  )
}

function Card({ record, columns, marks, time }: Omit<Props, 'narrow'>) {
  const own = columns.filter(
    column => !['level', 'service', 'body'].includes(column) && fieldValue(record, column) !== '',
  )
  return (
    <>
      <span className={styles.strip} data-level={levelOf(record.level)} />
      <span role="gridcell" className={styles.cardHead}>
        <LevelTag level={record.level} />
        <span className={styles.cardService}>{record.service}</span>
        <span className={styles.cardTime}>{time.clock(record.timestamp)}</span>
      </span>
      <span role="gridcell" className={styles.cardBody}>
        <Marked text={record.body} marks={marks} />
      </span>
      {own.length > 0 && (
        <span role="gridcell" className={styles.cardOwn}>
          {own.map(column => (
            <span key={column}>
              {column} {fieldValue(record, column)}
            </span>
          ))}
        </span>
      )}
    </>
  )
}
