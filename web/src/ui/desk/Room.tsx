import { Link, type LinkProps, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { PageSkeleton } from '../PageSkeleton'
import { useOpenInView } from '../useOpenInView'
import styles from './Room.module.css'

export interface RoomGroup {
  title: string
  pages: readonly { to: LinkProps['to']; title: string }[]
}

/** A room of several pages: their list at the side, on a phone on top, and the one that is open. */
export function Room({ label, groups }: { label: string; groups: readonly RoomGroup[] }) {
  const nav = useOpenInView<HTMLElement>()
  return (
    <div className={styles.room}>
      <nav ref={nav} className={styles.side} aria-label={label}>
        {groups.map(({ title, pages }) => (
          <div key={title} className={styles.group}>
            <p className={styles.title}>{title}</p>
            {pages.map(({ to, title: name }) => (
              <Link key={name} to={to} className={styles.page} activeOptions={{ exact: false }}>
                {name}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className={styles.content}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
