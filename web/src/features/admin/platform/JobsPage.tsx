import { Select } from '@mantine/core'
import { IconChecklist, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Fault } from '~/ui/desk/Fault'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { Code, Tag, type Tone } from '~/ui/desk/Tag'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import styles from './Jobs.module.css'
import { jobStates, jobsQuery, useJobActs } from './jobs'
import { ParkedDeliveries } from './ParkedDeliveries'

const tones: Record<string, Tone> = { running: 'good', parked: 'bad', waiting: 'caution' }

type Asked = { act: 'discard' | 'cancel'; job: Job } | { act: 'pause'; job: Job }

export function JobsPage() {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const { state } = useSearch({ from: '/shell/admin/jobs' })
  const navigate = useNavigate({ from: '/admin/jobs' })
  const manages = useMay()('platform.manage')
  const jobs = useQuery(jobsQuery(state))
  const acts = useJobActs()
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <Sheet title={t('admin.pages.jobs')} about={t('admin.jobs.about')}>
      <ParkedDeliveries />
      <Section
        title={t('admin.jobs.title')}
        actions={
          <Select
            aria-label={t('admin.state')}
            placeholder={t('admin.jobs.anyState')}
            data={jobStates.map(value => ({ value, label: t(`admin.jobState.${value}`) }))}
            value={state ?? null}
            onChange={value => void navigate({ search: value ? { state: value } : {}, replace: true })}
            clearable
            w={200}
          />
        }
      >
        <Fault problem={acts.retry.error ?? acts.resume.error} />
        <Listing
          label={t('admin.jobs.title')}
          query={jobs}
          rowKey={({ id }) => id}
          faded={job => job.finishedAt !== null}
          columns={[
            {
              head: t('admin.jobs.kind'),
              cell: job => (
                <>
                  {job.kind}
                  {job.error && (
                    <p className={styles.error} title={job.error}>
                      {job.error}
                    </p>
                  )}
                  {job.reason && <p className={styles.quiet}>{job.reason}</p>}
                </>
              ),
              width: 'minmax(0, 2fr)',
            },
            {
              head: t('admin.state'),
              cell: job => <Tag tone={tones[job.state] ?? 'calm'}>{t(`admin.jobState.${job.state as 'waiting'}`)}</Tag>,
            },
            {
              head: t('admin.jobs.lane'),
              width: 'minmax(0, 1.6fr)',
              cell: job => (
                <>
                  <Code>{job.lane}</Code> {job.paused && <Tag tone="caution">{t('admin.jobs.paused')}</Tag>}
                </>
              ),
            },
            { head: t('admin.jobs.attempts'), end: true, width: '70px', cell: job => count(job.attempts) },
            { head: t('admin.jobs.due'), cell: job => <Moment at={job.dueAt} /> },
          ]}
          actions={
            manages
              ? job => (
                  <>
                    {job.state === 'parked' && (
                      <IconButton
                        label={t('admin.jobs.retry')}
                        icon={IconRefresh}
                        onClick={() => acts.retry.mutate(job.id)}
                      />
                    )}
                    {(job.state === 'parked' || job.state === 'waiting') && (
                      <IconButton
                        label={t('admin.jobs.discard')}
                        icon={IconTrash}
                        onClick={() => setAsked({ act: 'discard', job })}
                      />
                    )}
                    {job.state === 'running' && (
                      <IconButton
                        label={t('admin.jobs.cancel')}
                        icon={IconX}
                        onClick={() => setAsked({ act: 'cancel', job })}
                      />
                    )}
                    {job.paused ? (
                      <IconButton
                        label={t('admin.jobs.resume')}
                        icon={IconPlayerPlay}
                        onClick={() => acts.resume.mutate(job.lane)}
                      />
                    ) : (
                      job.finishedAt === null && (
                        <IconButton
                          label={t('admin.jobs.pause')}
                          icon={IconPlayerPause}
                          onClick={() => setAsked({ act: 'pause', job })}
                        />
                      )
                    )}
                  </>
                )
              : undefined
          }
          empty={<Notice icon={IconChecklist} title={t('admin.jobs.none')} text={t('admin.jobs.noneText')} />}
        />
      </Section>
      {asked && (
        <AskDialog
          title={t(`admin.jobs.${asked.act}`)}
          text={t(`admin.jobs.${asked.act}Text`, { kind: asked.job.kind, lane: asked.job.lane })}
          submit={t(`admin.jobs.${asked.act}`)}
          because
          onClose={() => setAsked(null)}
          onSubmit={reason =>
            acts[asked.act].mutateAsync({ of: asked.act === 'pause' ? asked.job.lane : asked.job.id, reason })
          }
        />
      )}
    </Sheet>
  )
}
