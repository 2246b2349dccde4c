import type { LogRecord } from '~/api/types'
import { LiveBuffer, type LiveRows } from './buffer'

/** The part of a SignalR connection the session uses. */
export interface Hub {
  start(): Promise<void>
  stop(): Promise<void>
  on(method: string, handler: (message: never) => void): void
  invoke(method: string, argument: Watch): Promise<unknown>
  onreconnecting(handler: () => void): void
  onreconnected(handler: () => void): void
  onclose(handler: () => void): void
}

export interface Watch {
  /** Counts the filters of this page: an answer to an earlier one is stale and dropped. */
  generation: number
  query: string
  /** The last sequence that was received, so that nothing is missed; null to start now. */
  resumeAfter: string | null
}

interface Arrival {
  generation: number
  records: LogRecord[]
  lastSequence: string | null
  dropped: number
  matchedPerSecond: number
}

export interface Refusal {
  generation: number
  code: string
  detail: string
  position?: number
  length?: number
}

export type LivePhase = 'connecting' | 'watching' | 'reconnecting' | 'refused' | 'failed'

export interface LiveState extends LiveRows {
  phase: LivePhase
  held: boolean
  perSecond: number
  /** Matching records that were not sent or not kept, since the filter was set. */
  dropped: number
  refusal: Refusal | null
}

/** Rows kept for reading back. More would cost memory without being read. */
export const liveRowsMax = 5_000

/** A closed connection is opened anew after this long; SignalR's own reconnect has given up by then. */
const reopenMs = 5_000

type Schedule = (flush: () => void) => void

/**
 * One live list: a connection, the filter it watches and the rows that came. Arrivals are kept aside and drawn at most once
 * per animation frame; a tab in the background has no frames, so it draws nothing and keeps only what the buffer holds.
 */
export class LiveSession {
  readonly #hub: Hub
  readonly #schedule: Schedule
  readonly #buffer = new LiveBuffer(liveRowsMax)
  readonly #listeners = new Set<() => void>()
  #arrived: LogRecord[] = []
  #scheduled = false
  #opened = false
  #stopped = false
  #generation = 0
  #query = ''
  #last: string | null = null
  #serverDropped = 0
  #state: LiveState

  constructor(hub: Hub, schedule: Schedule = flush => void requestAnimationFrame(flush)) {
    this.#hub = hub
    this.#schedule = schedule
    this.#state = { phase: 'connecting', held: false, perSecond: 0, dropped: 0, refusal: null, ...this.#buffer.rows }
    hub.on('records', (message: never) => this.#arrive(message))
    hub.on('watching', (message: { generation: number }) =>
      this.#answered(message.generation, { phase: 'watching', refusal: null }),
    )
    hub.on('refused', (message: Refusal) => this.#answered(message.generation, { phase: 'refused', refusal: message }))
    hub.onreconnecting(() => this.#set({ phase: 'reconnecting', perSecond: 0 }))
    hub.onreconnected(() => void this.#watch())
    hub.onclose(() => this.#reopenLater())
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  getState = () => this.#state

  /** Empties the list: what the earlier filter still sends is stale from here on. */
  clear() {
    this.#buffer.release()
    this.#begin([])
    this.#set({ held: false, phase: 'connecting' })
  }

  /**
   * Puts this filter on the connection, which is opened by the first. What a search just found stands below the records to
   * come, and they follow its newest without a gap.
   */
  watch(query: string, seed: readonly LogRecord[]) {
    this.#query = query
    this.#begin(seed)
    if (this.#opened) void this.#watch()
    else void this.#open()
  }

  hold() {
    if (this.#buffer.held) return
    this.#flush()
    this.#buffer.hold()
    this.#set({ held: true })
  }

  release() {
    this.#buffer.release()
    this.#set({ held: false, ...this.#buffer.rows })
  }

  async stop() {
    this.#stopped = true
    await this.#hub.stop()
  }

  #begin(seed: readonly LogRecord[]) {
    this.#generation++
    this.#arrived = []
    this.#serverDropped = 0
    this.#last = newestOf(seed)
    this.#buffer.restart(seed)
    this.#set({ perSecond: 0, dropped: 0, refusal: null, ...this.#buffer.rows })
  }

  async #open() {
    this.#opened = true
    try {
      await this.#hub.start()
      await this.#watch()
    } catch {
      this.#reopenLater()
    }
  }

  async #watch() {
    if (this.#stopped) return
    try {
      await this.#hub.invoke('Watch', { generation: this.#generation, query: this.#query, resumeAfter: this.#last })
    } catch {
      // The connection went away under the call; onreconnected or onclose follows and asks again.
      this.#set({ phase: 'reconnecting' })
    }
  }

  #reopenLater() {
    if (this.#stopped) return
    this.#set({ phase: 'failed', perSecond: 0 })
    setTimeout(() => void (this.#stopped || this.#open()), reopenMs)
  }

  #answered(generation: number, patch: Partial<LiveState>) {
    if (generation === this.#generation) this.#set(patch)
  }

  #arrive(message: Arrival) {
    if (message.generation !== this.#generation) return
    this.#arrived.push(...message.records)
    const excess = this.#arrived.length - liveRowsMax
    if (excess > 0) {
      this.#arrived.splice(0, excess)
      this.#buffer.overflowed += excess
    }
    this.#last = message.lastSequence ?? this.#last
    this.#serverDropped += message.dropped
    this.#state = { ...this.#state, perSecond: message.matchedPerSecond }
    if (this.#scheduled) return
    this.#scheduled = true
    this.#schedule(() => {
      this.#scheduled = false
      this.#flush()
    })
  }

  #flush() {
    this.#buffer.push(this.#arrived)
    this.#arrived = []
    this.#set({ dropped: this.#serverDropped + this.#buffer.overflowed, ...this.#buffer.rows })
  }

  #set(patch: Partial<LiveState>) {
    this.#state = { ...this.#state, ...patch }
    for (const listener of this.#listeners) listener()
  }
}

/** Sequences are 64-bit numbers as text. */
function newestOf(records: readonly LogRecord[]): string | null {
  let newest: string | null = null
  for (const { sequence } of records) if (newest === null || BigInt(sequence) > BigInt(newest)) newest = sequence
  return newest
}
