import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { sessionIn, signIn } from '~/app/session'
import styles from './SignInPage.module.css'
import type { SignOnProblem } from './signOnProblems'
import { useEnter } from './useEnter'
import { useWait } from './useWait'

interface Props {
  wanted: string | undefined
  expired: boolean
  /** Why signing on by a provider did not work. */
  refused: SignOnProblem | null
  onChallenge: (challenge: string) => void
}

export function PasswordStep({ wanted, expired, refused, onChallenge }: Props) {
  const { t } = useTranslation()
  const enter = useEnter()
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
      const answer = await signIn(String(data.get('email')).trim(), String(data.get('password')))
      const session = sessionIn(answer)
      if (session) await enter(session, wanted)
      else if (answer.secondFactor) onChallenge(answer.secondFactor.challenge)
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
    <form className={styles.fields} onSubmit={event => void submit(event)}>
      <h1 className={styles.title}>{t('signIn.title')}</h1>
      {refused && !problem && (
        <p className={styles.notice} role="alert">
          {t(`signOn.problem.${refused}`)}
        </p>
      )}
      {expired && !problem && <p className={styles.notice}>{t('signIn.expired')}</p>}
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
  )
}

function Reason({ problem, waitSeconds }: { problem: Problem; waitSeconds: number }) {
  const { t } = useTranslation()
  if (problem.status === 401) return t('signIn.wrong')
  if (problem.status === 429) return waitSeconds > 0 ? t('signIn.throttled', { count: waitSeconds }) : t('signIn.again')
  if (problem.isPassing) return t('signIn.unreachable')
  return problem.message || t('problem.other.text', { code: problem.code })
}
