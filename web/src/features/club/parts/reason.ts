import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'

/** The refusals a member can meet, in his language. What is not among them is told in the host's own words. */
const known = {
  'wrong-credentials': 'club.problem.credentials',
  'too-many-attempts': 'club.problem.attempts',
  'sign-in-unavailable': 'club.problem.signInAway',
  'membership-not-active': 'club.problem.membership',
  'no-such-experience': 'club.problem.gone',
  'no-such-item': 'club.problem.gone',
  'no-such-booking': 'club.problem.noBooking',
  'not-enough-points': 'club.problem.points',
  'points-limited': 'club.problem.pointsAway',
  'out-of-stock': 'club.problem.stock',
  'too-late-to-book': 'club.problem.tooLate',
  'too-late-to-cancel': 'club.problem.tooLateToCancel',
  'cannot-be-cancelled': 'club.problem.cannotCancel',
  'not-waiting': 'club.problem.notWaiting',
  declined: 'club.problem.declined',
} as const

export type Refusal = keyof typeof known

export const isKnown = (code: string): code is Refusal => code in known

export function useReason(): (problem: unknown) => string {
  const { t } = useTranslation()
  return problem => {
    if (!(problem instanceof Problem)) return t('club.problem.other')
    if (isKnown(problem.code)) return t(known[problem.code])
    if (problem.status === 0) return t('club.problem.unreachable')
    if (problem.isPassing || problem.status >= 500) return t('club.problem.away')
    return problem.message || t('club.problem.other')
  }
}
