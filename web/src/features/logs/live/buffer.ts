import type { LogRecord } from '~/api/types'

/** What the list draws. Replaced, never changed, so that React sees each flush once. */
export interface LiveRows {
  /** Newest first. */
  records: readonly LogRecord[]
  /** Arrived while the reader was reading; shown when he resumes. */
  waiting: number
}

/**
 * The rows of a live list in bounded memory. Records wait while the list is held, and the oldest fall out at the far end on
 * both sides; `overflowed` counts those a reader never saw because he held the list too long.
 */
export class LiveBuffer {
  readonly #capacity: number
  #shown: LogRecord[] = []
  #waiting: LogRecord[] = []
  #known = new Set<string>()
  #held = false
  overflowed = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get rows(): LiveRows {
    return { records: this.#shown, waiting: this.#waiting.length }
  }

  get held(): boolean {
    return this.#held
  }

  /** Empties the list and starts it with records found by a search, newest first. */
  restart(seed: readonly LogRecord[] = []) {
    this.#shown = seed.slice(0, this.#capacity)
    this.#waiting = []
    this.#known = new Set(this.#shown.map(record => record.sequence))
    this.overflowed = 0
  }

  /** Takes what arrived, oldest first. A record that came before, as after a reconnect, is not taken twice. */
  push(arrived: readonly LogRecord[]) {
    const fresh: LogRecord[] = []
    for (const record of arrived.slice(-this.#capacity)) {
      if (this.#known.has(record.sequence)) continue
      this.#known.add(record.sequence)
      fresh.push(record)
    }
    if (fresh.length === 0) return
    const newestFirst = fresh.reverse()
    if (this.#held) {
      const waiting = newestFirst.concat(this.#waiting)
      this.overflowed += Math.max(0, waiting.length - this.#capacity)
      this.#waiting = this.#trim(waiting)
    } else {
      this.#shown = this.#trim(newestFirst.concat(this.#shown))
    }
  }

  /** Stops the list where it is. */
  hold() {
    this.#held = true
  }

  /** Lets the list run again, with what waited on top. */
  release() {
    this.#held = false
    if (this.#waiting.length === 0) return
    this.#shown = this.#trim(this.#waiting.concat(this.#shown))
    this.#waiting = []
  }

  #trim(rows: LogRecord[]): LogRecord[] {
    for (const gone of rows.splice(this.#capacity)) this.#known.delete(gone.sequence)
    return rows
  }
}
