import '@fontsource-variable/cormorant-garamond/wght.css'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { safeReturn, sessionQuery } from '~/app/session'
import { Mark } from '~/ui/Mark'
import { Button } from './parts/Button'
import { Drawing } from './parts/Drawing'
import { useReason } from './parts/reason'
import styles from './SignInPage.module.css'
import { useRoom } from './useRoom'

/** A member signs in with what Memberson knows of him; nothing of it is kept here. */
export function SignInPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/club/sign-in' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const reason = useReason()
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  useRoom()
  useEffect(() => {
    document.title = t('club.signIn.title')
  }, [t])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const data = new FormData(form)
    setBusy(true)
    setProblem(null)
    try {
      const body = { name: String(data.get('name')).trim(), password: String(data.get('password')) }
      await call(api.POST('/api/club/sign-in', { body }))
      // Nothing an earlier reader saw may be shown to this one.
      queries.clear()
      await queries.fetchQuery(sessionQuery)
      const wanted = safeReturn(search.return, location.origin)
      await navigate({ href: wanted.startsWith('/club') ? wanted : '/club', replace: true })
      await router.invalidate()
    } catch (cause) {
      setProblem(cause)
      form.querySelector<HTMLInputElement>('input[name="password"]')?.select()
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className={styles.page}>
      <div className={styles.art}>
        <Drawing unit="Yachts" seed="Welcome" />
      </div>
      <section className={styles.side}>
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <p className={styles.brand}>
            <Mark size={32} />
            {t('club.brand')}
          </p>
          <h1 className={styles.title}>{t('club.signIn.welcome')}</h1>
          <p className={styles.text}>{search.expired && !problem ? t('club.signIn.expired') : t('club.signIn.text')}</p>
          <label className={styles.field}>
            {t('club.signIn.name')}
            <input
              className={styles.input}
              name="name"
              autoComplete="username"
              autoCapitalize="none"
              required
              maxLength={320}
            />
          </label>
          <label className={styles.field}>
            {t('club.signIn.password')}
            <input
              className={styles.input}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              maxLength={1000}
            />
          </label>
          <p className={styles.problem} role="alert">
            {problem ? reason(problem) : null}
          </p>
          <Button type="submit" wide busy={busy}>
            {t('club.signIn.submit')}
          </Button>
          <p className={styles.foot}>{t('club.signIn.kept')}</p>
        </form>
      </section>
    </main>
  )
}
