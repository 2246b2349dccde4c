import { Skeleton } from '@mantine/core'
import styles from './ListSkeleton.module.css'

/** Widths that look like text of different lengths, the same each time. */
const widths = [62, 48, 71, 55, 39, 66, 58, 44, 73, 51, 60, 47, 68, 53, 41, 64]

export function ListSkeleton() {
  return (
    <div className={styles.rows} aria-busy="true">
      {widths.map(width => (
        <div key={width} className={styles.row}>
          <Skeleton height={12} width={148} />
          <Skeleton height={12} width={44} />
          <Skeleton height={12} width={`${width}%`} />
        </div>
      ))}
    </div>
  )
}
