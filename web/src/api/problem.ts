/** What went wrong with a call, as RFC 9457 problem details or as the browser's word that nobody answered. */
export class Problem extends Error {
  readonly status: number
  /** Stable and kebab-case; `unreachable` when there was no answer at all. */
  readonly code: string
  /** Where in the query the fault is, when it is a query that is wrong. */
  readonly position: number | undefined
  readonly length: number | undefined
  readonly expected: readonly string[]
  /** A whole query that would work, when one is likely. */
  readonly suggestion: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** Which field of the request is at fault, when it is one. */
  readonly field: string | undefined

  constructor(status: number, code: string, detail: string, more: Partial<ProblemDetails> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.position = more.position
    this.length = more.length
    this.expected = more.expected ?? []
    this.suggestion = more.suggestion
    this.retryAfterSeconds = more.retryAfterSeconds
    this.field = more.field
  }

  static unreachable(cause: unknown): Problem {
    return new Problem(0, 'unreachable', cause instanceof Error ? cause.message : '')
  }

  get isQuery(): boolean {
    return this.status === 400 && this.code.startsWith('query-')
  }

  /** True when nothing is wrong with the request and asking again later may succeed. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

interface ProblemDetails {
  code: string
  title: string
  detail: string
  position: number
  length: number
  expected: string[]
  suggestion: string
  retryAfterSeconds: number
  field: string
}

/** Reads an unsuccessful answer, whatever its body is: the gateway in front may know nothing of problem details. */
export function problemOf(response: Response, body: unknown): Problem {
  const details: Partial<ProblemDetails> = isRecord(body) ? (body as Partial<ProblemDetails>) : {}
  const seconds = Number(response.headers.get('Retry-After'))
  return new Problem(
    response.status,
    text(details.code) ?? `http-${response.status}`,
    text(details.detail) ?? text(details.title) ?? '',
    {
      position: number(details.position),
      length: number(details.length),
      expected: Array.isArray(details.expected) ? details.expected.filter(word => typeof word === 'string') : [],
      suggestion: text(details.suggestion),
      retryAfterSeconds: seconds > 0 ? seconds : undefined,
      field: text(details.field),
    },
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
