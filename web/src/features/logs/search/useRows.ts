import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { Problem } from '~/api/problem'
import type { LogRecord } from '~/api/types'
import { useExplorer } from '../explorer'
import { useLive } from '../live/useLive'
import { searchQuery } from './queries'

/** The rows of the list, wherever they come from: pages of a search, or the live stream on top of one. */
export function useRows() {
  const { address, run } = useExplorer()
  const { live: wanted, query } = address
  const search = useInfiniteQuery(searchQuery({ ...address, order: wanted ? 'desc' : address.order }, run))
  const found = useMemo(() => search.data?.pages.flatMap(page => page.records) ?? none, [search.data])
  useFilledScreen(search, found.length)
  const settled =
    !search.isPending && !search.isPlaceholderData && (found.length > 0 || !search.hasNextPage || search.isError)
  const wrong = search.error instanceof Problem && search.error.isQuery
  // While an engine is down nothing can be found, yet what arrives can still be watched.
  const seed = settled && !wrong ? (search.isError ? none : found) : null
  const live = useLive({ wanted, query, run, seed })
  return { search, live, rows: live ? live.state.records : found, settled }
}

export type Rows = ReturnType<typeof useRows>

/** More rows than any screen has lines. */
const screenRows = 60

/** A page may hold few records, or none, and still have a next one: what a screen shows is asked for until it is there. */
function useFilledScreen({ hasNextPage, isFetching, isError, fetchNextPage }: Search, rows: number) {
  const wanting = rows < screenRows && hasNextPage && !isFetching && !isError
  useEffect(() => {
    if (wanting) void fetchNextPage()
  }, [wanting, fetchNextPage])
}

type Search = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'>

const none: readonly LogRecord[] = []
