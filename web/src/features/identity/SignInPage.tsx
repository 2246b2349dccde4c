import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { Entrance } from './Entrance'
import { PasswordStep } from './PasswordStep'
import { SecondStep } from './SecondStep'

export function SignInPage() {
  const search = useSearch({ from: '/sign-in' })
  /** Given by the first step when the account has a second factor. */
  const [challenge, setChallenge] = useState<string | null>(null)
  return (
    <Entrance>
      {challenge ? (
        <SecondStep challenge={challenge} wanted={search.return} onOver={() => setChallenge(null)} />
      ) : (
        <PasswordStep wanted={search.return} expired={search.expired !== undefined} onChallenge={setChallenge} />
      )}
    </Entrance>
  )
}
