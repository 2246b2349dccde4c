import { lazy, type RefObject, Suspense, useCallback, useEffect, useRef } from 'react'
import { Problem } from '~/api/problem'
import { ProblemNotice } from '~/ui/ProblemNotice'
import styles from './Explorer.module.css'
import { useExplorer } from './explorer'
import { ListFoot } from './ListFoot'
import { ListSkeleton } from './ListSkeleton'
import type { Rows } from './search/useRows'
import { RecordList } from './table/RecordList'

// Where there are rows it is not needed.
const EmptyNotice = lazy(async () => ({ default: (await import('./EmptyNotice')).EmptyNotice }))

interface Props {
  rows: Rows
  active: number
  narrow: boolean
  scroller: RefObject<HTMLDivElement | null>
  onOpen: (index: number) => void
}

/** Scrolled further than this the reader is reading, and the live list holds. */
const heldFromPx = 24

/** The list, or what stands in its place: still loading, nothing there, something wrong. */
export function RowsOrNotice({ rows: { search, live, rows, settled }, active, narrow, scroller, onOpen }: Props) {
  const { address } = useExplorer()
  const { fetchNextPage, hasNextPage, isFetching, isFetchingNextPage } = search
  useHoldOnScroll(live, scroller, rows.length > 0)
  const more = useCallback(() => {
    if (!address.live && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [address.live, hasNextPage, isFetchingNextPage, fetchNextPage])

  const sought = isFetching && !isFetchingNextPage && !live
  if (rows.length === 0) {
    if (search.isError && !live) {
      // What is wrong with a query is said at the query.
      const atQuery = search.error instanceof Problem && search.error.isQuery
      return atQuery ? (
        <Suspense fallback={<ListSkeleton />}>
          <EmptyNotice kind="wrong" />
        </Suspense>
      ) : (
        <ProblemNotice problem={search.error} onRetry={() => void search.refetch()} />
      )
    }
    if (!settled) return <ListSkeleton />
    return (
      <Suspense fallback={<ListSkeleton />}>
        <EmptyNotice kind={live ? 'waiting' : 'nothing'} />
      </Suspense>
    )
  }
  return (
    <>
      {sought && <div className={styles.progress} aria-hidden="true" />}
      <RecordList
        rows={rows}
        columns={address.columns}
        query={address.query}
        wrap={address.wrap}
        narrow={narrow}
        active={active}
        openSequence={address.record}
        scroller={scroller}
        following={live !== null && live.heldFor === null}
        onOpen={onOpen}
        onEnd={more}
        busy={sought && !settled}
        foot={live ? null : <ListFoot search={search} rows={rows} />}
      />
    </>
  )
}

/** Reading on stops the stream where it is; coming back to the top lets it run. */
function useHoldOnScroll(live: Rows['live'], scroller: RefObject<HTMLDivElement | null>, there: boolean) {
  const latest = useRef(live)
  latest.current = live
  const on = live !== null
  useEffect(() => {
    const place = scroller.current
    if (!place || !on || !there) return
    const listen = () => {
      const now = latest.current
      if (!now) return
      if (place.scrollTop > heldFromPx) now.hold('scroll')
      else if (now.heldFor === 'scroll') now.release()
    }
    place.addEventListener('scroll', listen, { passive: true })
    return () => place.removeEventListener('scroll', listen)
  }, [scroller, on, there])
}
