import type { ReactNode } from 'react'
import { Mark } from '~/ui/Mark'
import { Bridge } from './Bridge'
import styles from './SignInPage.module.css'

/** What stands around every page before the door. */
export function Entrance({ children }: { children: ReactNode }) {
  return (
    <main className={styles.page}>
      <section className={styles.art} aria-hidden="true">
        <Bridge />
      </section>
      <section className={styles.side}>
        <div className={styles.form}>
          <div className={styles.brand}>
            <Mark size={36} />
            <span>Rialto</span>
          </div>
          {children}
        </div>
      </section>
    </main>
  )
}
