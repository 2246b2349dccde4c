import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { Problem } from '~/api/problem'
import type { Welcome } from '~/api/types'
import { sessionIn } from '~/app/session'
import styles from './SignInPage.module.css'
import { useEnter } from './useEnter'

interface Props {
  token: string
  welcome: Welcome
  onChallenge: (challenge: string) => void
}

export function WelcomeForm({ token, welcome, onChallenge }: Props) {
  const { t } = useTranslation()
  const enter = useEnter()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const purpose = welcome.purpose as 'join' | 'first' | 'password'
  const faultOf = (field: string) => (problem?.field === field ? problem.message : undefined)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => (form.has(name) ? String(form.get(name)).trim() : null)
    setBusy(true)
    setProblem(null)
    try {
      const answer = await call(
        api.POST('/api/identity/invitations/accept', {
          body: {
            token,
            name: text('name'),
            password: String(form.get('password')),
            email: text('email'),
            organization: text('organization'),
          },
        }),
      )
      const session = sessionIn(answer)
      if (session) await enter(session, '/')
      else if (answer.secondFactor) onChallenge(answer.secondFactor.challenge)
    } catch (cause) {
      setProblem(cause instanceof Problem ? cause : Problem.unreachable(cause))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={styles.fields} onSubmit={event => void submit(event)}>
      <h1 className={styles.title}>{t(`welcome.${purpose}.title`)}</h1>
      <p className={styles.about}>
        {t(`welcome.${purpose}.about`, { email: welcome.email, organization: welcome.organization })}
      </p>
      {purpose === 'first' ? (
        <>
          <TextInput
            name="organization"
            label={t('welcome.organization')}
            error={faultOf('organization')}
            required
            autoFocus
          />
          <TextInput
            name="email"
            type="email"
            label={t('signIn.email')}
            autoComplete="username"
            error={faultOf('email')}
            required
          />
        </>
      ) : (
        <input type="hidden" name="username" autoComplete="username" value={welcome.email ?? ''} readOnly />
      )}
      {purpose !== 'password' && (
        <TextInput
          name="name"
          label={t('welcome.name')}
          autoComplete="name"
          defaultValue={welcome.name ?? ''}
          error={faultOf('name')}
          required
        />
      )}
      <PasswordInput
        name="password"
        label={t('welcome.chosen')}
        description={t('welcome.passwordHint')}
        autoComplete="new-password"
        error={faultOf('password')}
        required
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      />
      <p className={styles.problem} role="alert">
        {problem && !problem.field && (problem.isPassing ? t('signIn.unreachable') : problem.message)}
      </p>
      <Button type="submit" size="lg" fullWidth loading={busy}>
        {t(`welcome.${purpose}.submit`)}
      </Button>
    </form>
  )
}
