import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { Listing } from '~/ui/desk/Listing'
import { Sheet } from '~/ui/desk/Sheet'
import { Tag, type Tone } from '~/ui/desk/Tag'
import { Notice } from '~/ui/Notice'
import { CallsDialog } from './CallsDialog'

const connectorsQuery = queryOptions({
  queryKey: ['admin', 'connectors'],
  queryFn: ({ signal }) => call(api.GET('/api/platform/connectors', { signal })),
  refetchInterval: 10_000,
})

const breakers: Record<string, Tone> = { closed: 'good', 'half-open': 'caution', open: 'bad' }

export function ConnectorsPage() {
  const { t } = useTranslation()
  const { count, duration } = useNumberFormat()
  const manages = useMay()('platform.manage')
  const connectors = useQuery(connectorsQuery)
  const [calls, setCalls] = useState<string | null>(null)
  return (
    <Sheet title={t('admin.pages.connectors')} about={t('admin.connectors.about')}>
      <Listing
        label={t('admin.pages.connectors')}
        query={connectors}
        rowKey={({ name }) => name}
        columns={[
          {
            head: t('admin.name'),
            cell: ({ name }) => (
              <Link to="/admin/configuration/$area/$item" params={{ area: 'connectors', item: name }}>
                {name}
              </Link>
            ),
          },
          { head: t('admin.connectors.address'), width: 'minmax(0, 2fr)', cell: ({ baseUrl }) => baseUrl },
          {
            head: t('admin.state'),
            cell: ({ breaker }) => (
              <Tag tone={breakers[breaker] ?? 'calm'}>{t(`admin.breaker.${breaker as 'closed'}`)}</Tag>
            ),
          },
          { head: t('admin.connectors.calls'), end: true, cell: row => count(row.calls) },
          { head: t('admin.connectors.failed'), end: true, cell: row => count(row.failed) },
          { head: t('admin.connectors.p95'), end: true, cell: row => (row.p95Ms === null ? '–' : duration(row.p95Ms)) },
        ]}
        actions={({ name }) => (
          <>
            {manages && <Probe name={name} />}
            <Button variant="subtle" size="compact-sm" onClick={() => setCalls(name)}>
              {t('admin.connectors.showCalls')}
            </Button>
          </>
        )}
        empty={
          <Notice icon={IconPlugConnected} title={t('admin.connectors.none')} text={t('admin.connectors.noneText')} />
        }
      />
      {calls && <CallsDialog name={calls} onClose={() => setCalls(null)} />}
    </Sheet>
  )
}

/** Asks the vendor now, and tells what he said in place of the button. */
function Probe({ name }: { name: string }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ up: boolean; detail: string } | null>(null)
  const probe = async () => {
    setBusy(true)
    try {
      setSaid(await call(api.POST('/api/platform/connectors/{name}/probe', { params: { path: { name } } })))
    } catch (problem) {
      setSaid({ up: false, detail: problem instanceof Error ? problem.message : '' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <span role="status" title={said?.detail}>
        {said && (
          <Tag tone={said.up ? 'good' : 'bad'}>{t(said.up ? 'admin.connectors.up' : 'admin.connectors.down')}</Tag>
        )}
      </span>
      <Button variant="subtle" size="compact-sm" loading={busy} onClick={() => void probe()}>
        {t('admin.connectors.probe')}
      </Button>
    </>
  )
}
