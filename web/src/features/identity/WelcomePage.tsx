import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { Problem } from '~/api/problem'
import { Entrance } from './Entrance'
import { SecondStep } from './SecondStep'
import styles from './SignInPage.module.css'
import { WelcomeForm } from './WelcomeForm'

/** Where an invitation leads, the first administrator's link and a link to a new password. */
export function WelcomePage() {
  const { t } = useTranslation()
  // After the hash, so that it stands in no log on its way.
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '')
  const [challenge, setChallenge] = useState<string | null>(null)
  const welcome = useQuery({
    queryKey: ['welcome', token],
    queryFn: () => call(api.POST('/api/identity/invitations/read', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (challenge) {
    return (
      <Entrance>
        <SecondStep challenge={challenge} wanted="/" onOver={() => location.assign('/sign-in')} />
      </Entrance>
    )
  }
  return (
    <Entrance>
      {welcome.data ? (
        <WelcomeForm token={token} welcome={welcome.data} onChallenge={setChallenge} />
      ) : welcome.isPending ? (
        <Skeleton height={320} />
      ) : (
        <>
          <h1 className={styles.title}>{t('welcome.overTitle')}</h1>
          <p className={styles.about} role="alert">
            {welcome.error instanceof Problem && welcome.error.isPassing ? t('signIn.unreachable') : t('welcome.over')}
          </p>
          <a href="/sign-in">{t('signIn.title')}</a>
        </>
      )}
    </Entrance>
  )
}
