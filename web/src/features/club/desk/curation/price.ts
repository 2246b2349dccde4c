import { minorOf } from '../../money'

/** As it stands in a form. */
export interface PriceDraft {
  points: string
  price: string
  currency: string
}

export type PriceFault = 'price' | 'currency'

/** A price in points, in money, or both. */
export function priceFaults({ points, price, currency }: PriceDraft): PriceFault[] {
  const wrongPrice = price.trim() !== '' && !minorOf(price, currency)
  const wrongPoints = points.trim() !== '' && !whole(points, 1)
  const none = price.trim() === '' && points.trim() === ''
  return [
    ...(/^[A-Z]{3}$/.test(currency) ? [] : (['currency'] as const)),
    ...(wrongPrice || wrongPoints || none ? (['price'] as const) : []),
  ]
}

/** A whole number that is large enough; null when it is none. */
export function whole(text: string, least: number): number | null {
  const value = Number(text)
  return /^\d{1,9}$/.test(text.trim()) && value >= least ? value : null
}
