import { Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconChevronDown,
  IconEyeOff,
} from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useExplorer } from '../explorer'
import { moved, removed, stretched, widthOf } from './columns'
import styles from './RecordList.module.css'

interface Props {
  columns: readonly string[]
  widths: Record<string, number>
  onResize: (column: string, width: number | null) => void
}

export function ListHead({ columns, widths, onResize }: Props) {
  const { t } = useTranslation()
  const { address, change } = useExplorer()
  const ascending = address.order === 'asc' && !address.live
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" className={styles.head}>
        <div role="columnheader" className={styles.headCell} aria-sort={ascending ? 'ascending' : 'descending'}>
          <button
            type="button"
            className={styles.headButton}
            disabled={address.live}
            onClick={() => change({ order: ascending ? 'desc' : 'asc' })}
          >
            <span>{t('list.time')}</span>
            {ascending ? <IconArrowUp size={13} aria-hidden /> : <IconArrowDown size={13} aria-hidden />}
          </button>
        </div>
        {columns.map((column, at) => (
          <div role="columnheader" key={column} className={styles.headCell}>
            <ColumnMenu column={column} first={at === 0} last={at === columns.length - 1} />
            {column !== stretched(columns) && (
              <Handle column={column} width={widthOf(column, widths)} onResize={onResize} />
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

function ColumnMenu({ column, first, last }: { column: string; first: boolean; last: boolean }) {
  const { t } = useTranslation()
  const { address, change } = useExplorer()
  const { columns } = address
  return (
    <Menu position="bottom-start" width={180}>
      <Menu.Target>
        <button type="button" className={styles.headButton}>
          <span>{column}</span>
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          disabled={first}
          onClick={() => change({ columns: moved(columns, column, -1) })}
        >
          {t('list.moveLeft')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowRight size={15} aria-hidden />}
          disabled={last}
          onClick={() => change({ columns: moved(columns, column, 1) })}
        >
          {t('list.moveRight')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconEyeOff size={15} aria-hidden />}
          disabled={columns.length === 1}
          onClick={() => change({ columns: removed(columns, column) })}
        >
          {t('list.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface HandleProps {
  column: string
  width: number
  onResize: (column: string, width: number | null) => void
}

/** Pulled with the pointer or moved with the arrow keys; a double click gives the first width back. */
function Handle({ column, width, onResize }: HandleProps) {
  const { t } = useTranslation()
  const pull = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget
    const startX = event.clientX
    handle.setPointerCapture(event.pointerId)
    const move = (moveEvent: globalThis.PointerEvent) => onResize(column, width + moveEvent.clientX - startX)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  const nudge = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') onResize(column, width - 16)
    else if (event.key === 'ArrowRight') onResize(column, width + 16)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('list.resize', { column })}
      aria-valuenow={width}
      tabIndex={0}
      className={styles.handle}
      onPointerDown={pull}
      onKeyDown={nudge}
      onDoubleClick={() => onResize(column, null)}
    />
  )
}
