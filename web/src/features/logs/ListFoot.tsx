import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useExplorer } from './explorer'
import { searchRowsMax } from './search/queries'
import type { Rows } from './search/useRows'
import styles from './table/RecordList.module.css'

interface Props {
  search: Rows['search']
  rows: readonly LogRecord[]
}

/** What comes after the last row. */
export function ListFoot({ search, rows }: Props) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const { address, zoom } = useExplorer()
  const last = rows.at(-1)
  const capped = search.data?.pages.at(-1)?.nextCursor && !search.hasNextPage
  const goOn = () => {
    const page = search.data?.pages[0]
    if (!last || !page) return
    zoom(address.order === 'asc' ? { from: last.timestamp, to: page.to } : { from: page.from, to: last.timestamp })
  }
  return (
    <div className={styles.foot}>
      {search.isFetchingNextPage ? (
        <>
          <Loader size={16} />
          {t('list.loading')}
        </>
      ) : search.isFetchNextPageError ? (
        <>
          {t('list.failed')}
          <Button size="compact-sm" variant="default" onClick={() => void search.fetchNextPage()}>
            {t('problem.retry')}
          </Button>
        </>
      ) : capped ? (
        <>
          {t('list.capped', { count: searchRowsMax, shown: count(searchRowsMax) })}
          <Button size="compact-sm" variant="default" onClick={goOn}>
            {t('list.goOn')}
          </Button>
        </>
      ) : (
        t('list.end')
      )}
    </div>
  )
}
