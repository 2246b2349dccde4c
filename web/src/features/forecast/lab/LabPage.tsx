import { Button, Skeleton } from '@mantine/core'
import { IconFlask, IconGitCompare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { jobsQuery, modelsQuery } from '../data/calls'
import { nextOf, useFollowed } from '../data/follow'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { JobRows } from './JobRows'
import styles from './Lab.module.css'
import { ModelRows } from './ModelRows'

const compareMax = 5

/** Models and the work that makes them. */
export function LabPage() {
  const { t } = useTranslation()
  const may = useMay()
  const models = useQuery(modelsQuery)
  const jobs = useQuery(jobsQuery)
  useFollowed('jobs', nextOf(jobs.data?.items))
  const [chosen, setChosen] = useState<string[]>([])
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id].slice(-compareMax))
  return (
    <Frame
      title={t('forecast.page.lab')}
      about={t('forecast.lab.about')}
      tools={
        may('forecast.write') && (
          <Button
            leftSection={<IconFlask size={16} aria-hidden />}
            renderRoot={props => <Link to="/forecast/lab/new" search={{}} {...props} />}
          >
            {t('forecast.lab.new')}
          </Button>
        )
      }
    >
      <div className={styles.parts}>
        <Panel
          title={t('forecast.lab.models')}
          about={t('forecast.lab.modelsAbout')}
          tools={
            <Button
              variant="default"
              size="xs"
              leftSection={<IconGitCompare size={15} aria-hidden />}
              disabled={chosen.length < 2}
              renderRoot={props => <Link to="/forecast/lab/compare" search={{ models: chosen.join(',') }} {...props} />}
            >
              {t('forecast.lab.compareThese', { count: chosen.length })}
            </Button>
          }
        >
          {models.isError ? (
            <ProblemNotice problem={models.error} onRetry={() => void models.refetch()} />
          ) : models.isPending ? (
            <Skeleton height={160} />
          ) : models.data.length === 0 ? (
            <Notice
              icon={IconFlask}
              title={t('forecast.lab.noModels')}
              text={t(may('forecast.write') ? 'forecast.lab.noModelsDo' : 'forecast.lab.noModelsAsk')}
            />
          ) : (
            <ModelRows models={models.data} chosen={chosen} onToggle={toggle} />
          )}
        </Panel>
        <Panel title={t('forecast.lab.jobs')} about={t('forecast.lab.jobsAbout')}>
          {jobs.isError ? (
            <ProblemNotice problem={jobs.error} onRetry={() => void jobs.refetch()} />
          ) : jobs.isPending ? (
            <Skeleton height={120} />
          ) : jobs.data.items.length === 0 ? (
            <p className={styles.quiet}>{t('forecast.lab.noJobs')}</p>
          ) : (
            <JobRows jobs={jobs.data.items} />
          )}
        </Panel>
      </div>
    </Frame>
  )
}
