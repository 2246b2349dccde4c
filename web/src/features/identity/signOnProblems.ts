/** Why a sign-on by a provider did not end well, as the host says it in the address. */
export const signOnProblems = [
  'provider-away',
  'no-such-provider',
  'sign-on-over',
  'sign-on-refused',
  'sign-on-cancelled',
  'mail-missing',
  'mail-not-verified',
  'mail-domain',
  'no-role',
  'account-elsewhere',
  'account-disabled',
  'provider-overreaches',
] as const

export type SignOnProblem = (typeof signOnProblems)[number]

/** The address can be anybody's: a code this page does not know is told as the most general one. */
export const signOnProblem = (code: string): SignOnProblem =>
  signOnProblems.find(known => known === code) ?? 'sign-on-refused'
