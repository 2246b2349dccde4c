import { Skeleton, Tabs } from '@mantine/core'
import { IconBraces, IconLink } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { useTimeFormat } from '~/app/preferences'
import { CopyButton } from '~/ui/CopyButton'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { LevelTag } from '../LevelTag'
import { ContextTab } from './ContextTab'
import { FieldsTab } from './FieldsTab'
import { JsonTab } from './JsonTab'
import { LongText } from './LongText'
import styles from './Record.module.css'
import { TraceTab } from './TraceTab'

interface Props {
  record: LogRecord | undefined
  error: unknown
  marks: RegExp | null
  tools?: ReactNode
}

/** Everything about one record: what it says, its fields, its surroundings and its trace. */
export function RecordBody({ record, error, marks, tools }: Props) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const [tab, setTab] = useState<string>('fields')
  if (!record) {
    return (
      <>
        <div className={styles.head}>
          <div className={styles.tools}>{tools}</div>
        </div>
        {error ? <ProblemNotice problem={error} /> : <Skeleton className={styles.skeleton} />}
      </>
    )
  }
  // A tab that this record does not have falls back to the fields.
  const open = tab === 'trace' && !record.traceId ? 'fields' : tab
  return (
    <>
      <header className={styles.head}>
        <LevelTag level={record.level} />
        <span className={styles.service}>{record.service}</span>
        <div className={styles.tools}>
          <CopyButton
            label={t('record.copyLink')}
            icon={IconLink}
            text={() => `${location.origin}/logs/records/${record.sequence}`}
          />
          <CopyButton label={t('record.copyJson')} icon={IconBraces} text={() => JSON.stringify(record, null, 2)} />
          {tools}
        </div>
      </header>
      <div className={styles.scroll}>
        <p className={styles.when}>{time.full(record.timestamp)}</p>
        <LongText key={record.sequence} text={record.body} marks={marks} />
        <Tabs value={open} onChange={value => setTab(value ?? 'fields')} keepMounted={false}>
          <Tabs.List className={styles.tabs}>
            <Tabs.Tab value="fields">{t('record.fields')}</Tabs.Tab>
            <Tabs.Tab value="context">{t('record.context')}</Tabs.Tab>
            {record.traceId && <Tabs.Tab value="trace">{t('record.trace')}</Tabs.Tab>}
            <Tabs.Tab value="json">{t('record.json')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="fields">
            <FieldsTab record={record} />
          </Tabs.Panel>
          <Tabs.Panel value="context">
            <ContextTab record={record} />
          </Tabs.Panel>
          <Tabs.Panel value="trace">
            <TraceTab record={record} />
          </Tabs.Panel>
          <Tabs.Panel value="json">
            <JsonTab record={record} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </>
  )
}
