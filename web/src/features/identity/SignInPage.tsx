import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { safeReturn, sessionQuery, signIn } from '~/app/session'
import { Mark } from '~/ui/Mark'
import { Bridge } from './Bridge'
import styles from './SignInPage.module.css'
import { useWait } from './useWait'

export function SignInPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/sign-in' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [waitSeconds, startWait] = useWait()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    setBusy(true)
    setProblem(null)
    try {
      const session = await signIn(String(data.get('email')).trim(), String(data.get('password')))
      // Nothing an earlier reader saw may be shown to this one.
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, session)
      await navigate({ href: safeReturn(search.return, location.origin), replace: true })
      await router.invalidate()
    } catch (cause) {
      const known = cause instanceof Problem ? cause : Problem.unreachable(cause)
      setProblem(known)
      if (known.status === 429) startWait(known.retryAfterSeconds ?? 30)
      form.querySelector<HTMLInputElement>('input[name="password"]')?.select()
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className={styles.page}>
      <section className={styles.art} aria-hidden="true">
        <Bridge />
      </section>
      <section className={styles.side}>
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <div className={styles.brand}>
            <Mark size={36} />
            <span>Rialto</span>
          </div>
          <h1 className={styles.title}>{t('signIn.title')}</h1>
          {search.expired && !problem && <p className={styles.notice}>{t('signIn.expired')}</p>}
          <TextInput
            name="email"
            type="email"
            label={t('signIn.email')}
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            size="lg"
          />
          <PasswordInput
            name="password"
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            size="lg"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
          />
          <p className={styles.problem} role="alert">
            {problem && <Reason problem={problem} waitSeconds={waitSeconds} />}
          </p>
          <Button type="submit" size="lg" fullWidth loading={busy} disabled={waitSeconds > 0}>
            {t('signIn.submit')}
          </Button>
        </form>
      </section>
    </main>
  )
}

function Reason({ problem, waitSeconds }: { problem: Problem; waitSeconds: number }) {
  const { t } = useTranslation()
  if (problem.status === 401) return t('signIn.wrong')
  if (problem.status === 429) return waitSeconds > 0 ? t('signIn.throttled', { count: waitSeconds }) : t('signIn.again')
  if (problem.isPassing) return t('signIn.unreachable')
  return problem.message || t('problem.other.text', { code: problem.code })
}
