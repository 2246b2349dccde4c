import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePage } from '~/app/page'
import { useOpenInView } from '~/ui/useOpenInView'
import styles from './Frame.module.css'

const places = [
  { path: '/forecast', name: 'map' },
  { path: '/forecast/series', name: 'series' },
  { path: '/forecast/lab', name: 'lab' },
  { path: '/forecast/loads', name: 'loads' },
  { path: '/forecast/developers', name: 'developers' },
] as const

interface Props {
  title: string
  about?: string | undefined
  tools?: ReactNode
  /** Pages that fill the window scroll in their parts. */
  fills?: boolean
  children: ReactNode
}

/** What every page of the room stands in: the ways between its pages, the title, the tools of the page. */
export function Frame({ title, about, tools, fills, children }: Props) {
  const { t } = useTranslation()
  const ways = useOpenInView<HTMLElement>()
  usePage(useMemo(() => ({ title: `${title} · ${t('room.forecast')}` }), [title, t]))
  return (
    <div className={styles.page} data-fills={fills}>
      <nav ref={ways} className={styles.ways} aria-label={t('forecast.pages')}>
        {places.map(({ path, name }) => (
          <Link key={name} to={path} className={styles.way} activeOptions={{ exact: name === 'map' }} preload="intent">
            {t(`forecast.page.${name}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.body}>
        <header className={styles.head}>
          <div className={styles.words}>
            <h1 className={styles.title}>{title}</h1>
            {about && <p className={styles.about}>{about}</p>}
          </div>
          {tools && <div className={styles.tools}>{tools}</div>}
        </header>
        {children}
      </div>
    </div>
  )
}
