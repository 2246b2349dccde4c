import { useMediaQuery } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { useSession } from '~/app/session'
import { Notice } from '~/ui/Notice'
import styles from './Explorer.module.css'
import { ExplorerProvider, useExplorer } from './explorer'
import { FacetsSide } from './facets/FacetsSide'
import { Timeline } from './histogram/Timeline'
import { ListBar } from './ListBar'
import { marksOf } from './query/marks'
import { QueryBar } from './query/QueryBar'
import { RowsOrNotice } from './RowsOrNotice'
import { type FieldActions, FieldActionsContext } from './record/actions'
import { useListKeys } from './search/useListKeys'
import { useRows } from './search/useRows'
import { Toolbar } from './Toolbar'
import { useExplorerPage } from './useExplorerPage'
import { useFieldActionsOf } from './useFieldActionsOf'

// Not needed until a record is opened; fetched as soon as the page is idle, so that opening does not wait.
const loadPanel = () => import('./record/RecordPanel')
const RecordPanel = lazy(loadPanel)

const LiveStrip = lazy(async () => ({ default: (await import('./live/LiveStrip')).LiveStrip }))

/** Below this width everything stands in one column. */
const narrowQuery = '(max-width: 720px)'

const panelAfterMs = 1_500

export function ExplorerPage() {
  const { t } = useTranslation()
  const { permissions } = useSession()
  if (!permissions.includes('logs.read')) {
    return <Notice icon={IconLock} title={t('problem.forbidden.title')} text={t('problem.forbidden.text')} />
  }
  return (
    <ExplorerProvider>
      <Explorer />
    </ExplorerProvider>
  )
}

function Explorer() {
  const { t } = useTranslation()
  const { address } = useExplorer()
  const narrow = useMediaQuery(narrowQuery, matchMedia(narrowQuery).matches, { getInitialValueInEffect: false })
  const rows = useRows()
  const list = useListKeys(rows.rows)
  const scroller = useRef<HTMLDivElement>(null)
  const actions: FieldActions = useFieldActionsOf()
  const marks = useMemo(() => marksOf(address.query), [address.query])
  const { live, search } = rows
  const problem = search.error instanceof Problem && search.error.isQuery ? search.error : null
  useExplorerPage(rows)
  useEffect(() => {
    const timer = setTimeout(() => void loadPanel(), panelAfterMs)
    return () => clearTimeout(timer)
  }, [])

  const resume = useCallback(() => {
    scroller.current?.scrollTo({ top: 0 })
    live?.release()
  }, [live])
  const open = (index: number) => {
    live?.hold('record')
    list.open(index)
  }
  return (
    <FieldActionsContext value={actions}>
      <div className={styles.page}>
        <Toolbar narrow={narrow}>
          <QueryBar problem={problem} />
        </Toolbar>
        <Timeline narrow={narrow} />
        <ListBar rows={rows} narrow={narrow} />
        <div className={styles.body}>
          {!narrow && <FacetsSide />}
          <section className={styles.list} aria-label={t('list.label')}>
            {live && (
              <Suspense fallback={null}>
                <LiveStrip live={live} onResume={resume} />
              </Suspense>
            )}
            <RowsOrNotice rows={rows} active={list.active} narrow={narrow} scroller={scroller} onOpen={open} />
          </section>
          {address.record && (
            <Suspense fallback={null}>
              <RecordPanel
                sequence={address.record}
                known={rows.rows[list.active]}
                marks={marks}
                onStep={list.step}
                onClose={list.close}
              />
            </Suspense>
          )}
        </div>
      </div>
    </FieldActionsContext>
  )
}
