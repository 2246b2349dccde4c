import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { Entrance } from './Entrance'
import { PasswordStep } from './PasswordStep'
import { SecondStep } from './SecondStep'
import { SignOn } from './SignOn'
import { signOnProblem } from './signOnProblems'

export function SignInPage() {
  const search = useSearch({ from: '/sign-in' })
  /** Given by the first step when the account has a second factor. */
  const [challenge, setChallenge] = useState<string | null>(null)
  return (
    <Entrance>
      {challenge ? (
        <SecondStep challenge={challenge} wanted={search.return} onOver={() => setChallenge(null)} />
      ) : (
        <>
          <PasswordStep
            wanted={search.return}
            expired={search.expired !== undefined}
            refused={search.problem === undefined ? null : signOnProblem(search.problem)}
            onChallenge={setChallenge}
          />
          <SignOn wanted={search.return} />
        </>
      )}
    </Entrance>
  )
}
