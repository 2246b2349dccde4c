import { IconTextWrap, IconTextWrapDisabled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { IconButton } from '~/ui/IconButton'
import styles from './Explorer.module.css'
import { useExplorer } from './explorer'
import { barsOf } from './histogram/bars'
import { timelineQuery } from './histogram/timelineQuery'
import { levels } from './levels'
import { filterOn, only, unfilter } from './query/edit'
import type { Rows } from './search/useRows'

/** How many there are, of which levels, what it cost to find them, and how they are shown. */
export function ListBar({ rows, narrow }: { rows: Rows; narrow: boolean }) {
  const { t } = useTranslation()
  const { address, run, change, search } = useExplorer()
  const { query } = address
  const { count, compact, duration, bytes } = useNumberFormat()
  const { data } = useQuery(timelineQuery(address, narrow, run))
  const bars = useMemo(() => data && barsOf(data), [data])
  const stats = rows.search.data?.pages[0]?.stats
  return (
    <div className={styles.bar}>
      <span className={styles.count} role={address.live ? undefined : 'status'}>
        {bars ? t('list.count', { count: bars.total, shown: narrow ? compact(bars.total) : count(bars.total) }) : ''}
      </span>
      <div className={styles.legend} role="group" aria-label={t('list.levels')}>
        {bars &&
          [...levels].reverse().map(level => {
            const total = bars.totals[level]
            if (!total) return null
            const chosen = filterOn(query, 'level', level) === 'only'
            return (
              <button
                key={level}
                type="button"
                className={styles.level}
                data-level={level}
                aria-pressed={chosen}
                onClick={() => search(chosen ? unfilter(query, 'level', level) : only(query, 'level', level))}
              >
                {level} {compact(total)}
              </button>
            )
          })}
      </div>
      {stats && !address.live && (
        <span className={styles.stats}>
          {t('list.stats', {
            time: duration(stats.elapsedMs),
            rows: compact(stats.rowsRead),
            bytes: bytes(stats.bytesRead),
          })}
        </span>
      )}
      <IconButton
        label={t(address.wrap ? 'list.unwrap' : 'list.wrap')}
        shortcut="W"
        icon={address.wrap ? IconTextWrapDisabled : IconTextWrap}
        onClick={() => change({ wrap: !address.wrap }, { replace: true })}
      />
    </div>
  )
}
