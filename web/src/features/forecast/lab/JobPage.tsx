import { Button, Skeleton } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { cancelJob, isOpen, jobQuery } from '../data/calls'
import { useFollowed } from '../data/follow'
import { Because, BecauseOf } from '../parts/Because'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { Progress } from '../parts/Progress'
import { State } from '../parts/State'
import { Warned } from '../parts/Warned'
import { CardView } from './CardView'
import styles from './Lab.module.css'
import { Trials } from './Trials'
import { usePhase } from './usePhase'

/** A training or a test while it runs, and what came of it. */
export function JobPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/shell/forecast/lab/jobs/$id' })
  const may = useMay()
  const phase = usePhase()
  const time = useTimeFormat()
  const queries = useQueryClient()
  const job = useQuery(jobQuery(id))
  useFollowed('jobs', job.data)
  const cancel = useMutation({
    mutationFn: () => cancelJob(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['forecast', 'jobs'] }),
  })
  const now = job.data
  // A finished training is its model: the way back leads past this page.
  if (now?.model) return <Navigate to="/forecast/lab/models/$id" params={{ id: now.model }} search={{}} replace />
  return (
    <Frame
      title={t(`forecast.lab.kind.${now?.kind ?? 'train'}`)}
      about={now && t('forecast.lab.startedBy', { who: now.actor, time: time.long(Date.parse(now.createdAt)) })}
      tools={
        now &&
        isOpen(now) &&
        may('forecast.write') && (
          <Button
            variant="default"
            loading={cancel.isPending}
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            onClick={() => cancel.mutate()}
          >
            {t('forecast.cancel')}
          </Button>
        )
      }
    >
      {job.isError ? (
        <ProblemNotice problem={job.error} onRetry={() => void job.refetch()} />
      ) : !now ? (
        <Skeleton height={160} />
      ) : (
        <div className={styles.parts}>
          <Panel title={t('forecast.progress')} tools={<State state={now.state} />}>
            <div aria-live="polite">
              {isOpen(now) && <Progress label={t('forecast.progress')} share={now.progress} text={phase(now)} />}
              {now.state === 'cancelled' && <Warned tone="calm">{t('forecast.lab.cancelled')}</Warned>}
              {now.failure && (
                <Warned tone="bad" title={t('forecast.lab.failed')}>
                  <Because {...now.failure} />
                </Warned>
              )}
              {now.state === 'done' && now.card && <Warned tone="calm">{t('forecast.lab.tested')}</Warned>}
            </div>
            {cancel.isError && (
              <Warned tone="bad">
                <BecauseOf error={cancel.error} />
              </Warned>
            )}
          </Panel>
          {now.trials && now.trials.length > 1 && <Trials trials={now.trials} />}
          {now.card && <CardView card={now.card} parameters={now.trials?.[0]?.parameters} />}
        </div>
      )}
    </Frame>
  )
}
