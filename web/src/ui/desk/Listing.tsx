import { Button, Skeleton } from '@mantine/core'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { ProblemNotice } from '../ProblemNotice'
import styles from './Listing.module.css'

export interface Column<Row> {
  head: string
  cell: (row: Row) => ReactNode
  /** A track of a grid, such as `120px`; an equal share of what is left unless given. */
  width?: string
  end?: boolean
}

interface TableProps<Row> {
  /** What the rows are, for who cannot see the heading. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Buttons of a row. */
  actions?: ((row: Row) => ReactNode) | undefined
  /** Rows that are over or off: shown, but quieter. */
  faded?: (row: Row) => boolean
}

interface Props<Row> extends Omit<TableProps<Row>, 'rows'> {
  query: {
    data: readonly Row[] | undefined
    error: unknown
    isPending: boolean
    refetch: () => Promise<unknown>
  }
  /** What stands in place of no rows. */
  empty: ReactNode
}

/** The rows of a query, or what stands in their place: not there yet, none, something wrong. */
export function Listing<Row>({ query, empty, ...table }: Props<Row>) {
  if (query.data && query.data.length > 0) return <Table {...table} rows={query.data} />
  if (query.data) return <div className={styles.frame}>{empty}</div>
  if (query.isPending) return <TableSkeleton />
  return (
    <div className={styles.frame}>
      <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />
    </div>
  )
}

/** As many rows at a time as a page draws at once. */
const step = 100

/** On a phone each row is a card that names its values. */
export function Table<Row>({ label, columns, rows, rowKey, actions, faded }: TableProps<Row>) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const [shown, setShown] = useState(step)
  const tracks = columns.map(({ width }) => width ?? 'minmax(0, 1fr)')
  const style = { '--grid': [...tracks, ...(actions ? ['auto'] : [])].join(' ') } as CSSProperties
  return (
    <>
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} className={styles.table} style={style}>
        <div role="row" className={styles.heads}>
          {columns.map(({ head, end }) => (
            <span key={head} role="columnheader" data-end={end}>
              {head}
            </span>
          ))}
          {actions && (
            <span role="columnheader" className={styles.tools}>
              <span className="visually-hidden">{t('desk.actions')}</span>
            </span>
          )}
        </div>
        {rows.slice(0, shown).map(row => (
          <div role="row" key={rowKey(row)} className={styles.row} data-faded={faded?.(row) || undefined}>
            {columns.map(({ head, cell, end }, at) => (
              <div key={head} role={at === 0 ? 'rowheader' : 'cell'} className={styles.cell} data-end={end}>
                <span className={styles.name} aria-hidden="true">
                  {head}
                </span>
                <div className={styles.value}>{cell(row)}</div>
              </div>
            ))}
            {actions && (
              <div role="cell" className={styles.tools}>
                {actions(row)}
              </div>
            )}
          </div>
        ))}
      </div>
      {rows.length > shown && (
        <Button className={styles.more} variant="default" onClick={() => setShown(earlier => earlier + step)}>
          {t('desk.more', { shown: count(shown), all: count(rows.length) })}
        </Button>
      )}
    </>
  )
}

const placeholders = [0, 1, 2, 3, 4]

export function TableSkeleton() {
  return (
    <div className={styles.table} aria-busy="true">
      {placeholders.map(at => (
        <Skeleton key={at} height={44} mb={4} />
      ))}
    </div>
  )
}
