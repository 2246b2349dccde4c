import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconHistory, IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { AuditEntry } from '~/api/types'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Sheet } from '~/ui/desk/Sheet'
import { Code } from '~/ui/desk/Tag'
import { Notice } from '~/ui/Notice'
import type { AuditSearch } from '../area'
import styles from './Audit.module.css'
import { EntryDialog } from './EntryDialog'
import { exportAddress, filterOf } from './filter'
import { Verdict } from './Verdict'

export function AuditPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/admin/audit' })
  const [opened, setOpened] = useState<AuditEntry | null>(null)
  const [verifies, setVerifies] = useState(false)
  const pages = useInfiniteQuery({
    queryKey: ['admin', 'audit', search],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/admin/audit', {
          params: { query: { ...filterOf(search), Limit: 100, ...(pageParam !== null && { Before: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: page => page.nextBefore,
  })
  const entries = useMemo(() => pages.data?.pages.flatMap(page => page.entries), [pages.data])
  const filtered = Object.values(search).some(Boolean)
  return (
    <Sheet
      title={t('admin.pages.audit')}
      about={t('admin.audit.about')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} aria-hidden />}
            onClick={() => setVerifies(true)}
          >
            {t('admin.audit.verify')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            component="a"
            href={exportAddress(search)}
            download="audit.csv"
          >
            {t('admin.audit.export')}
          </Button>
        </>
      }
    >
      {verifies && <Verdict />}
      <Filter key={JSON.stringify(search)} search={search} />
      <Listing
        label={t('admin.pages.audit')}
        query={{ ...pages, data: entries }}
        rowKey={({ sequence }) => String(sequence)}
        columns={[
          { head: t('admin.audit.action'), cell: entry => entry.action },
          { head: t('admin.audit.target'), cell: entry => <Code>{entry.target}</Code>, width: 'minmax(0, 1.5fr)' },
          { head: t('admin.by'), cell: entry => entry.actorName },
          { head: t('admin.at'), cell: entry => <Moment at={entry.at} /> },
          { head: t('admin.audit.from'), cell: entry => entry.address ?? '', width: '120px' },
        ]}
        actions={entry => (
          <Button variant="subtle" size="compact-sm" onClick={() => setOpened(entry)}>
            {t('admin.show')}
          </Button>
        )}
        empty={
          <Notice
            icon={IconHistory}
            title={t(filtered ? 'admin.audit.noMatch' : 'admin.audit.none')}
            text={filtered ? undefined : t('admin.audit.noneText')}
          />
        }
      />
      {pages.hasNextPage && (
        <Button
          className={styles.more}
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('admin.earlier')}
        </Button>
      )}
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(null)} />}
    </Sheet>
  )
}

const fields = ['action', 'target', 'actor'] as const

function Filter({ search }: { search: AuditSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/admin/audit' })
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const given = [...form].flatMap(([name, value]) => (value ? [[name, String(value)]] : []))
    void navigate({ search: Object.fromEntries(given), replace: true })
  }
  return (
    <form className={styles.filter} onSubmit={apply} aria-label={t('admin.audit.filter')}>
      {fields.map(name => (
        <TextInput
          key={name}
          name={name}
          label={t(`admin.audit.${name}`)}
          placeholder={t(`admin.audit.${name}Hint`)}
          defaultValue={search[name] ?? ''}
        />
      ))}
      <TextInput name="from" type="date" label={t('admin.audit.since')} defaultValue={search.from ?? ''} />
      <TextInput name="to" type="date" label={t('admin.audit.until')} defaultValue={search.to ?? ''} />
      <Button type="submit" variant="default">
        {t('admin.audit.filter')}
      </Button>
    </form>
  )
}
