import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Heading.module.css'

interface Props {
  kicker?: string
  title: string
  children?: ReactNode
}

/** The head of a page, which names the browser's tab too. */
export function Heading({ kicker, title, children }: Props) {
  useTitle(title)
  return (
    <header className={styles.heading}>
      {kicker && <p className={styles.kicker}>{kicker}</p>}
      <h1 className={styles.title}>{title}</h1>
      {children && <p className={styles.text}>{children}</p>}
    </header>
  )
}

export function useTitle(title: string) {
  const { t } = useTranslation()
  const brand = t('club.brand')
  useEffect(() => {
    document.title = `${title} · ${brand}`
  }, [title, brand])
}
