import { describe, expect, it } from 'vitest'
import type { LogRecord } from '~/api/types'
import { LiveBuffer } from './buffer'

const record = (sequence: number) => ({ sequence: String(sequence) }) as LogRecord
const records = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => record(from + at))
const shown = (buffer: LiveBuffer) => buffer.rows.records.map(({ sequence }) => Number(sequence))

describe('the live list', () => {
  it('has the newest on top', () => {
    const buffer = new LiveBuffer(10)
    buffer.push(records(1, 2))
    buffer.push(records(3, 4))
    expect(shown(buffer)).toEqual([4, 3, 2, 1])
  })

  it('continues what a search found, without doubles', () => {
    const buffer = new LiveBuffer(10)
    buffer.restart([record(3), record(2)])
    buffer.push(records(2, 5))
    expect(shown(buffer)).toEqual([5, 4, 3, 2])
  })

  it('never holds more than its capacity, however much comes at once', () => {
    const buffer = new LiveBuffer(3)
    buffer.push(records(1, 100))
    expect(shown(buffer)).toEqual([100, 99, 98])
  })

  it('stands still while it is held and counts what waits', () => {
    const buffer = new LiveBuffer(10)
    buffer.push(records(1, 2))
    buffer.hold()
    buffer.push(records(3, 5))
    expect(shown(buffer)).toEqual([2, 1])
    expect(buffer.rows.waiting).toBe(3)
  })

  it('shows what waited on top once it runs again, and keeps the rest', () => {
    const buffer = new LiveBuffer(4)
    buffer.push(records(1, 2))
    buffer.hold()
    buffer.push(records(3, 5))
    buffer.release()
    expect(shown(buffer)).toEqual([5, 4, 3, 2])
    expect(buffer.rows.waiting).toBe(0)
  })

  it('lets the oldest of what waits go when it is held too long, and counts them', () => {
    const buffer = new LiveBuffer(3)
    buffer.hold()
    buffer.push(records(1, 2))
    buffer.push(records(3, 5))
    expect(buffer.overflowed).toBe(2)
    buffer.release()
    expect(shown(buffer)).toEqual([5, 4, 3])
  })

  it('takes again what fell out, and forgets what it no longer holds', () => {
    const buffer = new LiveBuffer(2)
    buffer.push(records(1, 3))
    buffer.push([record(1)])
    expect(shown(buffer)).toEqual([1, 3])
  })

  it('hands React another list for every change and the same one otherwise', () => {
    const buffer = new LiveBuffer(5)
    buffer.push(records(1, 1))
    const before = buffer.rows.records
    buffer.push(records(1, 1))
    expect(buffer.rows.records).toBe(before)
    buffer.push(records(2, 2))
    expect(buffer.rows.records).not.toBe(before)
    expect(before).toHaveLength(1)
  })
})
