import { Button, Skeleton } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { cancelLoad, isOpen, loadQuery, seriesQuery } from '../data/calls'
import { useFollowed } from '../data/follow'
import type { Load } from '../data/shapes'
import { Because } from '../parts/Because'
import { Frame } from '../parts/Frame'
import { Facts, Panel } from '../parts/Panel'
import { Progress } from '../parts/Progress'
import { State } from '../parts/State'
import { Warned } from '../parts/Warned'
import styles from './Loads.module.css'
import { Rejects } from './Rejects'
import { ReportPanel } from './ReportPanel'

/** One run of a load: how far, what it brought, what it could not take, what the data look like. */
export function LoadPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/shell/forecast/loads/$id' })
  const may = useMay()
  const time = useTimeFormat()
  const queries = useQueryClient()
  const load = useQuery(loadQuery(id))
  useFollowed('loads', load.data)
  const cancel = useMutation({ mutationFn: () => cancelLoad(id), onSettled: () => load.refetch() })
  const now = load.data
  const state = now?.state
  // What was read before has new values now.
  useEffect(() => {
    if (state === 'done') void queries.invalidateQueries({ queryKey: seriesQuery.queryKey })
  }, [state, queries])
  return (
    <Frame
      title={now?.name ?? t('forecast.loads.run')}
      about={now && t('forecast.lab.startedBy', { who: now.actor, time: time.long(Date.parse(now.createdAt)) })}
      tools={
        now &&
        (isOpen(now)
          ? may('forecast.write') && (
              <Button
                variant="default"
                loading={cancel.isPending}
                leftSection={<IconPlayerStop size={16} aria-hidden />}
                onClick={() => cancel.mutate()}
              >
                {t('forecast.cancel')}
              </Button>
            )
          : now.state === 'done' && (
              <Button variant="default" renderRoot={props => <Link to="/forecast" {...props} />}>
                {t('forecast.loads.toMap')}
              </Button>
            ))
      }
    >
      {load.isError ? (
        <ProblemNotice problem={load.error} onRetry={() => void load.refetch()} />
      ) : !now ? (
        <Skeleton height={300} />
      ) : (
        <div className={styles.parts}>
          <Standing load={now} />
          {now.rejects.length > 0 && <Rejects load={now} />}
          {now.report && <ReportPanel report={now.report} />}
        </div>
      )}
    </Frame>
  )
}

function Standing({ load }: { load: Load }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  return (
    <Panel title={t('forecast.progress')} tools={<State state={load.state} />}>
      <div aria-live="polite">
        {isOpen(load) && <Progress label={t('forecast.progress')} share={load.progress} />}
        {load.failure && (
          <Warned tone="bad" title={t('forecast.loads.failed')}>
            <Because {...load.failure} />
          </Warned>
        )}
        {load.state === 'done' && load.added + load.corrected === 0 && load.unchanged > 0 && (
          <Warned tone="calm">{t('forecast.loads.nothingNew')}</Warned>
        )}
        {load.state === 'cancelled' && <Warned tone="calm">{t('forecast.loads.cancelled')}</Warned>}
      </div>
      <div className={styles.below}>
        <Facts
          facts={(['rows', 'added', 'corrected', 'unchanged', 'missing', 'rejected'] as const).map(name => ({
            name: t(`forecast.loads.count.${name}`),
            value: count(load[name]),
            about: t(`forecast.loads.countAbout.${name}`),
            tone: name === 'rejected' && load.rejected > 0 ? ('caution' as const) : undefined,
          }))}
        />
      </div>
    </Panel>
  )
}
