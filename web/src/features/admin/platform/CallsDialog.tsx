import { Button, Modal, Select } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat } from '~/app/preferences'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Code, Tag, type Tone } from '~/ui/desk/Tag'
import { Notice } from '~/ui/Notice'

const outcomes = ['ok', 'refused', 'not_sent', 'unknown', 'malformed'] as const
const tones: Record<string, Tone> = {
  ok: 'good',
  refused: 'caution',
  not_sent: 'caution',
  unknown: 'bad',
  malformed: 'bad',
}

/** The calls to a vendor, newest first. */
export function CallsDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { duration } = useNumberFormat()
  const [outcome, setOutcome] = useState<string | null>(null)
  const pages = useInfiniteQuery({
    queryKey: ['admin', 'connectors', name, outcome],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/platform/connectors/{name}/calls', {
          params: {
            path: { name },
            query: { ...(outcome && { outcome }), ...(pageParam !== undefined && { before: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: page => page.at(-1)?.id,
  })
  const rows = useMemo(() => pages.data?.pages.flat(), [pages.data])
  const last = pages.data?.pages.at(-1)
  return (
    <Modal
      opened
      onClose={onClose}
      size={1080}
      title={t('admin.connectors.callsOf', { name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      <div className={dialogs.form}>
        <Select
          aria-label={t('admin.connectors.outcome')}
          placeholder={t('admin.connectors.anyOutcome')}
          data={outcomes.map(value => ({ value, label: t(`admin.outcome.${value}`) }))}
          value={outcome}
          onChange={setOutcome}
          clearable
          w={220}
        />
        <Listing
          label={t('admin.connectors.callsOf', { name })}
          query={{ ...pages, data: rows }}
          rowKey={({ id }) => String(id)}
          columns={[
            { head: t('admin.connectors.operation'), cell: row => row.operation, width: 'minmax(0, 1.4fr)' },
            {
              head: t('admin.connectors.outcome'),
              cell: row => <Tag tone={tones[row.outcome] ?? 'calm'}>{t(`admin.outcome.${row.outcome as 'ok'}`)}</Tag>,
            },
            { head: t('admin.connectors.status'), end: true, width: '60px', cell: row => row.status ?? '–' },
            {
              head: t('admin.connectors.took'),
              end: true,
              width: '80px',
              cell: row => duration(Date.parse(row.endedAt) - Date.parse(row.sentAt)),
            },
            { head: t('admin.at'), cell: row => <Moment at={row.sentAt} /> },
            { head: t('admin.connectors.key'), cell: row => (row.externalKey ? <Code>{row.externalKey}</Code> : '') },
            { head: t('admin.detail'), cell: row => row.detail ?? '' },
          ]}
          empty={<Notice icon={IconPlugConnected} title={t('admin.connectors.noCalls')} />}
        />
        {last && last.length > 0 && pages.hasNextPage && (
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('admin.earlier')}
          </Button>
        )}
      </div>
    </Modal>
  )
}
