import { Skeleton } from '@mantine/core'
import styles from './PageSkeleton.module.css'

/** Stands in for a page whose code is still on its way. */
export function PageSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <Skeleton height={36} />
      <Skeleton height={112} />
      <Skeleton className={styles.rest} />
    </div>
  )
}
