import { queryOptions } from '@tanstack/react-query'
import type { Address } from '../address'
import { histogramQuery } from '../search/queries'
import { lastOf } from '../time/ranges'

/** While live the bars follow at a pace that costs the engine little. */
const liveEveryMs = 5_000
const liveRange = lastOf({ count: 15, unit: 'm' })

/** As many bars as can be told apart and hit. */
const barsWanted = { wide: 120, narrow: 45 }

/** The bars of the page, for whoever shows them: the chart, and the counts by level. */
export function timelineQuery(address: Address, narrow: boolean, run: number) {
  const asked = address.live ? { ...address, ...liveRange } : address
  return queryOptions({
    ...histogramQuery(asked, narrow ? barsWanted.narrow : barsWanted.wide, run),
    refetchInterval: address.live ? liveEveryMs : (false as const),
  })
}
