import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useClubFormat } from '../format'
import { Button } from '../parts/Button'
import { messagesQuery } from '../queries'
import styles from './Me.module.css'

const some = 4

/** What the member was told. Having been shown, it is read; the marks stay until he leaves the page. */
export function Messages() {
  const { t } = useTranslation()
  const { moment } = useClubFormat()
  const queries = useQueryClient()
  const [all, setAll] = useState(false)
  const { data } = useQuery({ ...messagesQuery, refetchInterval: 20_000 })
  const unread = useRef(new Set<string>())
  const news = data?.filter(message => message.readAt === null) ?? []
  for (const message of news) unread.current.add(message.id)
  const hasNews = news.length > 0

  useEffect(() => {
    if (!hasNews) return
    void call(api.POST('/api/club/messages/read')).then(
      () => queries.invalidateQueries({ queryKey: ['club', 'me'] }),
      // Not marked: then they are still news the next time.
      () => undefined,
    )
  }, [hasNews, queries])

  if (!data) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('club.me.messages')}</h2>
      {data.length === 0 ? (
        <p className={styles.empty}>{t('club.me.noMessages')}</p>
      ) : (
        <ul className={styles.rows}>
          {data.slice(0, all ? undefined : some).map(message => (
            <li key={message.id} className={styles.message} data-unread={unread.current.has(message.id) || undefined}>
              <Link to="/club/bookings/$id" params={{ id: message.booking }}>
                {message.text}
              </Link>
              <time dateTime={message.at}>{moment(message.at)}</time>
            </li>
          ))}
        </ul>
      )}
      {!all && data.length > some && (
        <div>
          <Button look="bare" onClick={() => setAll(true)}>
            {t('club.me.allMessages', { count: data.length })}
          </Button>
        </div>
      )}
    </section>
  )
}
