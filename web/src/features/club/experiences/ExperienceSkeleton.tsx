import { Picture } from '../parts/Picture'
import styles from './Experience.module.css'

/** The page's places before its words are there, of the same size. */
export function ExperienceSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.picture}>
        <Picture unit="" title="" shape="wide" />
      </div>
      <div className={styles.side}>
        {[180, 110, 50, 160].map(height => (
          <div key={height} className={styles.bone} style={{ height }} />
        ))}
      </div>
    </div>
  )
}
