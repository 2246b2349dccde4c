import type { Call } from './examples'

export interface Answer {
  /** 0 when there was none. */
  status: number
  tookMs: number
  type: string
  /** As it came, JSON set in lines, and cut where a page would become slow. */
  text: string
}

const shownMax = 200_000

/** With a key the session stays out of it, so that the answer is the one the program would get. */
export async function send({ method, url, body, contentType }: Call, key: string): Promise<Answer> {
  const began = performance.now()
  try {
    const answer = await fetch(url, {
      method: method.toUpperCase(),
      credentials: key ? 'omit' : 'same-origin',
      headers: {
        ...(key && { Authorization: `Bearer ${key}` }),
        ...(body !== null && { 'Content-Type': contentType }),
      },
      ...(body !== null && { body }),
    })
    const type = answer.headers.get('Content-Type') ?? ''
    const text = pretty(await answer.text(), type)
    const tookMs = performance.now() - began
    return { status: answer.status, tookMs, type, text: text.length > shownMax ? `${text.slice(0, shownMax)}…` : text }
  } catch {
    return { status: 0, tookMs: performance.now() - began, type: '', text: '' }
  }
}

function pretty(text: string, type: string): string {
  if (!type.includes('json')) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
