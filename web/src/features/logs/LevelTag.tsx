import styles from './LevelTag.module.css'
import { levelOf } from './levels'

/** A level by its name and its colour; the name is what counts. */
export function LevelTag({ level }: { level: string }) {
  return (
    <span className={styles.tag} data-level={levelOf(level)}>
      {level}
    </span>
  )
}
