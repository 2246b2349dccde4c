import createClient from 'openapi-fetch'
import { Problem, problemOf } from './problem'
import type { paths } from './schema'

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '' })

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of a call that went well; any other outcome is thrown as a Problem. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw Problem.unreachable(cause)
  })
  if (!response.ok) {
    const problem = problemOf(response, error)
    if (problem.status === 401 && !isSignIn(response.url)) announceExpiry()
    throw problem
  }
  return data as T
}

function isSignIn(url: string) {
  return /\/sign-in(\/second-factor)?$|\/api\/identity\/(me|invitations\/\w+)$/.test(url)
}

const listeners = new Set<() => void>()

function announceExpiry() {
  for (const listener of listeners) listener()
}

/** Calls back when the server no longer knows the session. Returns the way to stop listening. */
export function onSessionExpired(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
