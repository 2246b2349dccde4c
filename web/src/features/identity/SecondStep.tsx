import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { sessionIn, signInSecond } from '~/app/session'
import styles from './SignInPage.module.css'
import { useEnter } from './useEnter'

interface Props {
  challenge: string
  wanted: string | undefined
  /** Back to the first step: the challenge holds no longer, or the reader wants to. */
  onOver: () => void
}

export function SecondStep({ challenge, wanted, onOver }: Props) {
  const { t } = useTranslation()
  const enter = useEnter()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setProblem(null)
    try {
      const session = sessionIn(await signInSecond(challenge, String(new FormData(form).get('code'))))
      if (session) await enter(session, wanted)
    } catch (cause) {
      setProblem(cause instanceof Problem ? cause : Problem.unreachable(cause))
      form.querySelector('input')?.select()
    } finally {
      setBusy(false)
    }
  }

  const over = problem?.code === 'challenge-over'
  return (
    <form className={styles.fields} onSubmit={event => void submit(event)}>
      <h1 className={styles.title}>{t('second.title')}</h1>
      <p className={styles.about}>{t('second.about')}</p>
      <TextInput
        name="code"
        label={t('second.code')}
        autoComplete="one-time-code"
        autoFocus
        required
        withAsterisk={false}
        size="lg"
      />
      <p className={styles.problem} role="alert">
        {over ? t('second.over') : problem?.status === 401 ? t('second.wrong') : problem?.message}
      </p>
      <Button type="submit" size="lg" fullWidth loading={busy} disabled={over}>
        {t('signIn.submit')}
      </Button>
      <Button variant="subtle" onClick={onOver}>
        {t('second.back')}
      </Button>
    </form>
  )
}
