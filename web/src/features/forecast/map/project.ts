/** Where the stations of a region lie on a plane: true to distance in its middle, which is enough for a town or a country. */
export interface Place {
  latitude: number
  longitude: number
}

export interface Frame {
  width: number
  height: number
  /** Kept free on all sides, for labels. */
  edge: number
}

export interface Projection {
  of: (place: Place) => { x: number; y: number }
  /** Kilometres one pixel is wide. */
  kmPerPixel: number
  /** Degrees at the ends of the frame. */
  west: number
  east: number
  south: number
  north: number
}

const kmPerDegree = 111.195

/** Two stations in one street do not make a map of that street. */
const spanMin = 0.02

export function projectionOf(places: readonly Place[], { width, height, edge }: Frame): Projection {
  const latitudes = places.map(place => place.latitude)
  const longitudes = places.map(place => place.longitude)
  const middle = { latitude: middleOf(latitudes), longitude: middleOf(longitudes) }
  const narrowing = Math.max(0.05, Math.cos((middle.latitude * Math.PI) / 180))
  const pixelsPerDegree = Math.min(
    Math.max(1, width - 2 * edge) / (spanOf(longitudes) * narrowing),
    Math.max(1, height - 2 * edge) / spanOf(latitudes),
  )
  const half = { latitude: height / 2 / pixelsPerDegree, longitude: width / 2 / pixelsPerDegree / narrowing }
  return {
    of: ({ latitude, longitude }) => ({
      x: width / 2 + (longitude - middle.longitude) * narrowing * pixelsPerDegree,
      y: height / 2 - (latitude - middle.latitude) * pixelsPerDegree,
    }),
    kmPerPixel: kmPerDegree / pixelsPerDegree,
    west: middle.longitude - half.longitude,
    east: middle.longitude + half.longitude,
    south: middle.latitude - half.latitude,
    north: middle.latitude + half.latitude,
  }
}

const middleOf = (degrees: number[]) => (degrees.length === 0 ? 0 : (Math.min(...degrees) + Math.max(...degrees)) / 2)
const spanOf = (degrees: number[]) =>
  degrees.length === 0 ? 1 : Math.max(spanMin, Math.max(...degrees) - Math.min(...degrees))

/** The longest round length that is no wider than so many pixels. */
export function scaleOf(kmPerPixel: number, pixelsMax: number): { km: number; pixels: number } {
  const most = kmPerPixel * pixelsMax
  const power = 10 ** Math.floor(Math.log10(most))
  const km = ([5, 2, 1].find(step => step * power <= most) ?? 1) * power
  return { km, pixels: km / kmPerPixel }
}

/** Round degrees between two, at most so many: the lines of the grid. */
export function linesBetween(from: number, to: number, most: number): number[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30]
  const step = steps.find(one => (to - from) / one <= most) ?? 45
  const lines: number[] = []
  for (let at = Math.ceil(from / step); at * step <= to; at++) lines.push(Math.round(at * step * 1e6) / 1e6)
  return lines
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export type Side = 'right' | 'left' | 'below' | 'above'

export interface Marker {
  x: number
  y: number
  radius: number
  /** Of its label. */
  width: number
  height: number
}

/**
 * A side for the label of each marker, in their order, on which it covers no marker and no earlier label, and lies below
 * nothing that stands over the map; null where there is none. What matters most comes first.
 */
export function labelsOf(
  markers: readonly Marker[],
  { width, height }: Pick<Frame, 'width' | 'height'>,
  over: readonly Box[],
): (Side | null)[] {
  const dots = markers.map(({ x, y, radius }) => ({
    left: x - radius,
    top: y - radius,
    right: x + radius,
    bottom: y + radius,
  }))
  const taken: Box[] = [...dots, ...over]
  return markers.map((marker, own) => {
    for (const side of ['right', 'left', 'below', 'above'] as const) {
      const box = boxOf(marker, side)
      const isInside = box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height
      if (!isInside || taken.some((other, at) => at !== own && overlap(box, other))) continue
      taken.push(box)
      return side
    }
    return null
  })
}

const gap = 4

export function boxOf({ x, y, radius, width, height }: Marker, side: Side): Box {
  const left = side === 'right' ? x + radius + gap : side === 'left' ? x - radius - gap - width : x - width / 2
  const top = side === 'below' ? y + radius + gap : side === 'above' ? y - radius - gap - height : y - height / 2
  return { left, top, right: left + width, bottom: top + height }
}

const overlap = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
