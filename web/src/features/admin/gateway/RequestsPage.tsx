import { Button, Select } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RequestStatistics } from '~/api/types'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { Bars } from '~/ui/desk/Bars'
import { Listing } from '~/ui/desk/Listing'
import { Sheet } from '~/ui/desk/Sheet'
import { Code } from '~/ui/desk/Tag'
import { Notice } from '~/ui/Notice'
import filter from '../audit/Audit.module.css'
import { keysQuery } from '../keys/keys'
import styles from './Requests.module.css'
import { requestsQuery } from './requests'
import { type RequestSearch, requestTimes } from './times'

/** The host's name for what no route took: the pages themselves, and addresses that do not exist. */
const noRoute = '(none)'

export function RequestsPage() {
  const { t } = useTranslation()
  const { count, duration, bytes, percent } = useNumberFormat()
  const navigate = useNavigate({ from: '/admin/requests' })
  const search = useSearch({ from: '/shell/admin/requests' })
  const requests = useQuery(requestsQuery(search))
  const change = (patch: RequestSearch) => void navigate({ search: { ...search, ...patch }, replace: true })
  const share = (part: number, all: number, tone: 'caution' | 'bad') =>
    part === 0 ? (
      <span className={styles.none}>0</span>
    ) : (
      <span data-tone={tone} className={styles.some}>
        {count(part)} ({percent(part / all)})
      </span>
    )
  return (
    <Sheet title={t('admin.pages.requests')} about={t('admin.requests.about')}>
      <Filter search={search} onChange={change} />
      {requests.data && <Picture requests={requests.data} />}
      <Listing
        label={t('admin.requests.routes')}
        query={{ ...requests, data: requests.data?.routes }}
        rowKey={({ method, route }) => `${method} ${route}`}
        columns={[
          {
            head: t('admin.requests.route'),
            width: 'minmax(0, 2.4fr)',
            cell: ({ method, route }) => (
              <button type="button" className={styles.route} onClick={() => change({ route })}>
                <span className={styles.method}>{method}</span>{' '}
                {route === noRoute ? t('admin.requests.noRoute') : route}
              </button>
            ),
          },
          { head: t('admin.requests.count'), end: true, cell: row => count(row.count) },
          { head: t('admin.requests.refused'), end: true, cell: row => share(row.refused, row.count, 'caution') },
          { head: t('admin.requests.errors'), end: true, cell: row => share(row.errors, row.count, 'bad') },
          { head: t('admin.requests.p50'), end: true, cell: row => duration(row.p50Ms) },
          { head: t('admin.requests.p99'), end: true, cell: row => duration(row.p99Ms) },
          { head: t('admin.requests.in'), end: true, cell: row => bytes(row.bytesIn) },
          { head: t('admin.requests.out'), end: true, cell: row => bytes(row.bytesOut) },
        ]}
        empty={<Notice icon={IconActivity} title={t('admin.requests.none')} text={t('admin.requests.noneText')} />}
      />
    </Sheet>
  )
}

function Filter({ search, onChange }: { search: RequestSearch; onChange: (patch: RequestSearch) => void }) {
  const { t } = useTranslation()
  const keys = useQuery({ ...keysQuery, enabled: useMay()('identity.read') })
  return (
    <div className={filter.filter}>
      <Select
        label={t('admin.requests.time')}
        data={requestTimes.map(value => ({ value, label: t(`admin.requestTime.${value}`) }))}
        value={search.time ?? '1h'}
        onChange={time => onChange({ time: requestTimes.find(known => known === time) ?? '1h' })}
        allowDeselect={false}
      />
      {keys.data && (
        <Select
          label={t('admin.keys.key')}
          placeholder={t('admin.requests.anyKey')}
          data={keys.data.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.key ?? null}
          onChange={key => onChange({ key: key ?? '' })}
          searchable
          clearable
        />
      )}
      {search.route && (
        <div className={styles.chosen}>
          <Code>{search.route}</Code>
          <Button variant="subtle" size="compact-sm" onClick={() => onChange({ route: '' })}>
            {t('admin.requests.allRoutes')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Picture({ requests: { series, from, to } }: { requests: RequestStatistics }) {
  const { t } = useTranslation()
  const { count, duration } = useNumberFormat()
  const time = useTimeFormat()
  const sum = (of: 'count' | 'refused' | 'errors') => series.reduce((all, moment) => all + moment[of], 0)
  const bars = series.map(({ at, count: all, refused, errors, p99Ms }) => ({
    key: at,
    label: t('admin.requests.moment', {
      at: time.long(Date.parse(at)),
      count: count(all),
      refused: count(refused),
      errors: count(errors),
      p99: duration(p99Ms),
    }),
    good: all - refused - errors,
    refused,
    failed: errors,
  }))
  const said = { count: count(sum('count')), refused: count(sum('refused')), errors: count(sum('errors')) }
  return (
    <>
      <p className={styles.sum} aria-live="polite">
        {t('admin.requests.sum', said)}
      </p>
      <Bars
        label={t('admin.requests.sum', said)}
        bars={bars}
        ends={[time.long(Date.parse(from)), time.long(Date.parse(to))]}
      />
    </>
  )
}
