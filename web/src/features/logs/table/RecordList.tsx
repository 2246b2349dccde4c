import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { useTimeFormat } from '~/app/preferences'
import { marksOf } from '../query/marks'
import { gridOf } from './columns'
import { ListHead } from './ListHead'
import styles from './RecordList.module.css'
import { Row } from './Row'
import { useColumnWidths } from './useColumnWidths'

/** Heights of a row before it is measured: one line, one line on a phone, several lines. */
const rowPx = { wide: 32, narrow: 66, wrapped: 44 }
const headPx = 30

interface Props {
  rows: readonly LogRecord[]
  columns: readonly string[]
  query: string
  wrap: boolean
  narrow: boolean
  /** The row the keyboard is on; -1 for none. */
  active: number
  openSequence: string | null
  scroller: RefObject<HTMLDivElement | null>
  onOpen: (index: number) => void
  /** Rows come in on top, and the reader stays there. */
  following: boolean
  /** The last rows came into view. */
  onEnd: () => void
  /** Below the last row: loading, the end, a fault. */
  foot?: ReactNode
  busy: boolean
}

/** Any number of records, of which only those in view exist in the page. */
export function RecordList(props: Props) {
  const { rows, columns, query, wrap, narrow, active, openSequence, scroller, following, onOpen, onEnd, foot, busy } =
    props
  const { t } = useTranslation()
  const time = useTimeFormat()
  const { widths, resize } = useColumnWidths()
  const marks = useMemo(() => marksOf(query), [query])
  const measured = wrap || narrow
  const headHeight = narrow ? 0 : headPx
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? rowPx.narrow : wrap ? rowPx.wrapped : rowPx.wide),
    getItemKey: index => rows[index]?.sequence ?? index,
    overscan: 12,
    // The head of the list takes the first pixels and stays on top of the rows.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })

  // A row above that proves higher than it was taken for pushes the rows in view down again, unless they are to move. Said
  // while rendering: rows are measured as soon as they are in the page.
  virtual.shouldAdjustScrollPositionOnItemSizeChange = following ? () => false : undefined

  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes kept for one way of showing rows are wrong for another.
  useEffect(() => virtual.measure(), [wrap, narrow, columns])

  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' })
  }, [active, virtual])

  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 40) onEnd()
  }, [last, rows.length, onEnd])

  const grid = { '--grid': gridOf(columns, widths) } as CSSProperties
  return (
    <div ref={scroller} className={styles.scroller} style={grid} data-busy={busy || undefined}>
      <div
        role="grid"
        className={styles.grid}
        aria-label={t('list.label')}
        aria-rowcount={rows.length + 1}
        aria-busy={busy}
        aria-activedescendant={active >= 0 ? rowId(active) : undefined}
        tabIndex={0}
      >
        {!narrow && <ListHead columns={columns} onResize={resize} widths={widths} />}
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const record = rows[index]
            if (!record) return null
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for all of its rows.
              <div
                key={key}
                id={rowId(index)}
                ref={measured ? virtual.measureElement : undefined}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={record.sequence === openSequence}
                tabIndex={-1}
                className={styles.row}
                data-active={index === active || undefined}
                data-wrap={wrap || undefined}
                data-narrow={narrow || undefined}
                style={{ transform: `translateY(${start - headHeight}px)` }}
                onClick={() => onOpen(index)}
              >
                <Row record={record} columns={columns} marks={marks} time={time} narrow={narrow} />
              </div>
            )
          })}
        </div>
      </div>
      {foot}
    </div>
  )
}

const rowId = (index: number) => `record-${index}`
