import { expect, it } from 'vitest'
import { boxOf, labelsOf, linesBetween, projectionOf, scaleOf } from './project'

const dongsi = { latitude: 39.929, longitude: 116.417 }
const changping = { latitude: 40.217, longitude: 116.23 }
const frame = { width: 800, height: 600, edge: 50 }

it('Every station lies inside the frame, north above and east to the right', () => {
  const { of } = projectionOf([dongsi, changping], frame)
  const [south, north] = [of(dongsi), of(changping)]
  expect(south.y).toBeGreaterThan(north.y)
  expect(south.x).toBeGreaterThan(north.x)
  for (const { x, y } of [south, north]) {
    expect(x).toBeGreaterThanOrEqual(49.9)
    expect(x).toBeLessThanOrEqual(750.1)
    expect(y).toBeGreaterThanOrEqual(49.9)
    expect(y).toBeLessThanOrEqual(550.1)
  }
})

it('Distances on the map are those on the ground', () => {
  const { of, kmPerPixel } = projectionOf([dongsi, changping], frame)
  const [one, other] = [of(dongsi), of(changping)]
  const km = Math.hypot(one.x - other.x, one.y - other.y) * kmPerPixel
  // By the great circle: 35.75 km.
  expect(km).toBeGreaterThan(35.6)
  expect(km).toBeLessThan(35.9)
})

it('One station alone stands in the middle, with a scale that can be drawn', () => {
  const { of, kmPerPixel } = projectionOf([dongsi], frame)
  expect(of(dongsi)).toEqual({ x: 400, y: 300 })
  expect(scaleOf(kmPerPixel, 120).pixels).toBeLessThanOrEqual(120)
})

it('The scale is a round length', () => {
  expect(scaleOf(0.11, 120)).toEqual({ km: 10, pixels: 10 / 0.11 })
  expect(scaleOf(0.05, 120).km).toBe(5)
  expect(scaleOf(2, 120).km).toBe(200)
})

it('Grid lines are round degrees', () => {
  expect(linesBetween(116.13, 116.71, 6)).toEqual([116.2, 116.3, 116.4, 116.5, 116.6, 116.7])
})

it('No label covers a marker or another label, and what finds no room has none', () => {
  const at = (x: number, y: number) => ({ x, y, radius: 10, width: 60, height: 16 })
  const markers = [...Array.from({ length: 9 }, (_, n) => at(100 + n, 100 + n)), at(790, 595)]
  const sides = labelsOf(markers, frame, [])
  expect(sides[0]).toBe('left')
  expect(sides).toContain(null)
  const boxes = markers.flatMap((marker, index) => {
    const side = sides[index]
    return side ? [boxOf(marker, side)] : []
  })
  for (const [index, box] of boxes.entries())
    for (const other of boxes.slice(index + 1))
      expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom).toBe(
        false,
      )
})

it('No label lies below what stands over the map', () => {
  const marker = { x: 720, y: 40, radius: 10, width: 60, height: 16 }
  const buttons = { left: 740, top: 12, right: 788, bottom: 110 }
  expect(labelsOf([marker], frame, [])).toEqual(['right'])
  expect(labelsOf([marker], frame, [buttons])).toEqual(['left'])
})
