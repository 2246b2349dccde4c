import '@fontsource-variable/cormorant-garamond/wght.css'
import { type Icon, IconBottle, IconSparkles, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '~/ui/Mark'
import styles from './ClubShell.module.css'
import { useClubFormat } from './format'
import { meQuery } from './queries'
import { useRoom } from './useRoom'

const tabs: readonly { to: '/club' | '/club/items' | '/club/me'; name: 'experiences' | 'items' | 'me'; icon: Icon }[] =
  [
    { to: '/club', name: 'experiences', icon: IconSparkles },
    { to: '/club/items', name: 'items', icon: IconBottle },
    { to: '/club/me', name: 'me', icon: IconUser },
  ]

/** What stands around every page of a member: three places to go and what he can spend. */
export function ClubShell() {
  const { t } = useTranslation()
  const { points } = useClubFormat()
  const { data: me } = useQuery(meQuery)
  useRoom()
  return (
    <div className={styles.club}>
      <a className={styles.skip} href="#main">
        {t('shell.skip')}
      </a>
      <header className={styles.head}>
        <Link to="/club" className={styles.brand}>
          <Mark size={30} />
          {t('club.brand')}
        </Link>
        <nav className={styles.nav} aria-label={t('club.nav.title')}>
          <ul className={styles.tabs}>
            {tabs.map(({ to, name, icon: Glyph }) => (
              <li key={to}>
                <Link to={to} className={styles.tab} activeOptions={{ exact: to === '/club' }} preload="intent">
                  <Glyph className={styles.tabIcon} size={21} stroke={1.4} aria-hidden />
                  {t(`club.nav.${name}`)}
                  {name === 'me' && me && me.unread > 0 && (
                    <span className={styles.badge}>
                      {me.unread}
                      <span className="visually-hidden"> {t('club.nav.unread')}</span>
                    </span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Link to="/club/me" className={styles.points}>
          {me && (
            <>
              <strong>{points(me.points.available)}</strong> {t('club.pointsWord', { count: me.points.available })}
            </>
          )}
        </Link>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
