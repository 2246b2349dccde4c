import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LogRecord } from '~/api/types'
import { type Hub, LiveSession, type Watch } from './session'

/** A connection in the test's hands: it says what the server would say, and keeps what it was asked. */
class ScriptedHub implements Hub {
  readonly watched: Watch[] = []
  starts = 0
  failing = false
  #handlers = new Map<string, (message: never) => void>()
  reconnecting = () => {}
  reconnected = () => {}
  closed = () => {}

  start() {
    this.starts++
    return this.failing ? Promise.reject(new Error('no answer')) : Promise.resolve()
  }
  stop = () => Promise.resolve()
  on = (method: string, handler: (message: never) => void) => void this.#handlers.set(method, handler)
  invoke = (_: string, watch: Watch) => {
    this.watched.push(watch)
    return Promise.resolve()
  }
  onreconnecting = (handler: () => void) => {
    this.reconnecting = handler
  }
  onreconnected = (handler: () => void) => {
    this.reconnected = handler
  }
  onclose = (handler: () => void) => {
    this.closed = handler
  }
  say(method: string, message: object) {
    this.#handlers.get(method)?.(message as never)
  }
}

const record = (sequence: number) => ({ sequence: String(sequence) }) as LogRecord
const arrival = (generation: number, ...sequences: number[]) => ({
  generation,
  records: sequences.map(record),
  lastSequence: String(sequences.at(-1)),
  dropped: 0,
  matchedPerSecond: 4,
})

let hub: ScriptedHub
let frames: (() => void)[]
let session: LiveSession
const settle = () => vi.advanceTimersByTimeAsync(0)
const frame = () => {
  for (const flush of frames.splice(0)) flush()
}
const shown = () => session.getState().records.map(({ sequence }) => Number(sequence))

beforeEach(() => {
  vi.useFakeTimers()
  hub = new ScriptedHub()
  frames = []
  session = new LiveSession(hub, flush => void frames.push(flush))
})
afterEach(() => vi.useRealTimers())

it('A session watches from the newest record of the search on', async () => {
  session.watch('level:error', [record(9), record(10), record(8)])
  await settle()
  expect(hub.watched).toEqual([{ generation: 1, query: 'level:error', resumeAfter: '10' }])
  hub.say('watching', { generation: 1 })
  expect(session.getState().phase).toBe('watching')
})

it('Many arrivals are drawn once in a frame', async () => {
  session.watch('', [])
  await settle()
  let drawn = 0
  session.subscribe(() => drawn++)
  for (let at = 1; at <= 50; at++) hub.say('records', arrival(1, at))
  expect(drawn).toBe(0)
  expect(frames).toHaveLength(1)
  frame()
  expect(drawn).toBe(1)
  expect(shown()).toHaveLength(50)
})

it('No row of an earlier filter stays or still arrives', async () => {
  session.watch('a', [])
  await settle()
  hub.say('records', arrival(1, 1))
  frame()
  hub.say('records', arrival(1, 2))
  session.clear()
  frame()
  expect(shown()).toEqual([])
  session.watch('b', [record(5)])
  hub.say('records', arrival(1, 3))
  hub.say('watching', { generation: 1 })
  frame()
  expect(shown()).toEqual([5])
  expect(session.getState().phase).toBe('connecting')
  expect(hub.starts).toBe(1)
  expect(hub.watched.at(-1)).toMatchObject({ query: 'b', resumeAfter: '5' })
})

it('After a reconnect it goes on where it stopped, without doubles', async () => {
  session.watch('a', [])
  await settle()
  hub.say('records', arrival(1, 1, 2))
  hub.reconnecting()
  expect(session.getState().phase).toBe('reconnecting')
  hub.reconnected()
  await settle()
  expect(hub.watched.at(-1)).toEqual({ generation: 1, query: 'a', resumeAfter: '2' })
  hub.say('records', arrival(1, 2, 3))
  frame()
  expect(shown()).toEqual([3, 2, 1])
})

it('A connection that cannot be opened is tried again', async () => {
  hub.failing = true
  session.watch('a', [])
  await settle()
  expect(session.getState().phase).toBe('failed')
  hub.failing = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(hub.starts).toBe(2)
  expect(hub.watched).toHaveLength(1)
})

it('A held list waits and runs on', async () => {
  session.watch('a', [])
  await settle()
  session.hold()
  hub.say('records', arrival(1, 1, 2))
  frame()
  expect(session.getState()).toMatchObject({ held: true, waiting: 2, records: [] })
  session.release()
  expect(shown()).toEqual([2, 1])
})

it('What the server left out is added up until the filter changes', async () => {
  session.watch('a', [])
  await settle()
  hub.say('records', { ...arrival(1, 1), dropped: 3 })
  hub.say('records', { ...arrival(1, 2), dropped: 4 })
  frame()
  expect(session.getState().dropped).toBe(7)
  session.clear()
  expect(session.getState().dropped).toBe(0)
})

it('A tab without frames keeps no more than the list may hold', async () => {
  session.watch('a', [])
  await settle()
  for (let at = 0; at < 12; at++) {
    hub.say('records', arrival(1, ...Array.from({ length: 1_000 }, (_, i) => at * 1_000 + i)))
  }
  expect(frames).toHaveLength(1)
  frame()
  expect(shown()).toHaveLength(5_000)
  expect(shown()[0]).toBe(11_999)
  expect(session.getState().dropped).toBe(7_000)
})

it('A refused query says why', async () => {
  session.watch('a:', [])
  await settle()
  hub.say('refused', { generation: 1, code: 'query-syntax', detail: 'A value is missing.' })
  expect(session.getState()).toMatchObject({ phase: 'refused', refusal: { detail: 'A value is missing.' } })
})

it('A session that was stopped opens nothing any more', async () => {
  session.watch('a', [])
  await settle()
  await session.stop()
  hub.closed()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(hub.starts).toBe(1)
})
