/** Every refusal of the desk there are words for, by the host's code. */
const codes = [
  'answer-lacks',
  'breaker-open',
  'cancelled-by-member',
  'changed-meanwhile',
  'decided-before',
  'expired',
  'field-missing',
  'field-wrong',
  'no-answer',
  'no-known-outcome',
  'no-such-booking',
  'no-such-change',
  'no-such-connector',
  'no-such-erasure',
  'no-such-experience',
  'no-such-item',
  'no-such-lane',
  'no-such-member',
  'no-such-picture',
  'not-a-picture',
  'not-approved',
  'not-connected',
  'not-enough-points',
  'not-found-yet',
  'not-paused',
  'not-waiting',
  'not-with-operator',
  'only-forward',
  'other-picture',
  'out-of-stock',
  'past-last-moment',
  'payment-expired',
  'person-required',
  'picture-too-large',
  'program-error',
  'second-person-required',
  'status',
  'venue-cancelled',
  'venue-cancelled-confirmed',
  'venue-declined',
] as const

export type RefusalCode = (typeof codes)[number]

export interface Refusal {
  code: RefusalCode
  /** What the words name: a step, a number. */
  values: { step: string; n: string }
}

/** What connectors and sagas write down in one sentence with particulars. */
const sentences: readonly (readonly [RegExp, RefusalCode])[] = [
  [/^(?<step>\S+): no known outcome after (?<n>\d+) sendings$/, 'no-known-outcome'],
  [/^failed (?<n>\d+) times by an error of the program/, 'program-error'],
  [/^the answer lacks what it should carry$/, 'answer-lacks'],
  [/^breaker open$/, 'breaker-open'],
  [/^no answer(?: in (?<n>\d+) ms|:)/, 'no-answer'],
  [/^not connected/, 'not-connected'],
  [/^not found yet$/, 'not-found-yet'],
  [/^status (?<n>\d+)/, 'status'],
]

/** The refusal behind a code or a sentence of the host; null when it is a vendor's or a person's own words. */
export function refusalOf(text: string): Refusal | null {
  const code = codes.find(one => one === text)
  if (code) return { code, values: { step: '', n: '' } }
  for (const [pattern, found] of sentences) {
    const match = pattern.exec(text)
    if (match) return { code: found, values: { step: match.groups?.step ?? '', n: match.groups?.n ?? '' } }
  }
  return null
}
