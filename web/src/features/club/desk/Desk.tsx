import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePage } from '~/app/page'
import { useMay } from '~/app/session'
import { useOpenInView } from '~/ui/useOpenInView'
import styles from './Desk.module.css'

const tabs = [
  { to: '/club/desk', name: 'today', needs: 'club.read' },
  { to: '/club/desk/lanes', name: 'lanes', needs: 'club.read' },
  { to: '/club/desk/points', name: 'points', needs: 'club.read' },
  { to: '/club/desk/checks', name: 'checks', needs: 'club.read' },
  { to: '/club/desk/erasures', name: 'erasures', needs: 'club.read' },
  { to: '/club/desk/programme', name: 'programme', needs: 'club.manage' },
  { to: '/club/desk/collection', name: 'collection', needs: 'club.manage' },
] as const

export type DeskTab = (typeof tabs)[number]['name']

/** What stands around every page of the desk: its pages, for those who may open them. */
export function Desk({ tab, children }: { tab: DeskTab; children: ReactNode }) {
  const { t } = useTranslation()
  const may = useMay()
  const bar = useOpenInView<HTMLElement>()
  usePage(useMemo(() => ({ title: `${t('clubDesk.title')} · ${t(`clubDesk.tab.${tab}`)}` }), [t, tab]))
  return (
    <div className={styles.desk}>
      <header className={styles.bar} ref={bar}>
        <p className={styles.name}>{t('clubDesk.title')}</p>
        <nav className={styles.tabs} aria-label={t('clubDesk.title')}>
          {tabs
            .filter(({ needs }) => may(needs))
            .map(({ to, name }) => (
              <Link
                key={to}
                to={to}
                className={styles.tab}
                activeOptions={{ exact: true, includeSearch: false }}
                preload="intent"
              >
                {t(`clubDesk.tab.${name}`)}
              </Link>
            ))}
        </nav>
      </header>
      {children}
    </div>
  )
}

/** A page of one column below the desk's head. */
export function DeskSheet({
  title,
  about,
  actions,
  children,
}: {
  title: string
  about: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={styles.page}>
      <div className={styles.sheet}>
        <div className={styles.top}>
          <div>
            <h1 className={styles.title}>{title}</h1>
            <p className={styles.about}>{about}</p>
          </div>
          {actions}
        </div>
        {children}
      </div>
    </div>
  )
}
