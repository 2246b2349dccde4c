import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { isOpen } from '../data/calls'
import type { Job } from '../data/shapes'
import { Because } from '../parts/Because'
import { Progress } from '../parts/Progress'
import { State } from '../parts/State'
import table from '../parts/Table.module.css'
import { usePhase } from './usePhase'

export function JobRows({ jobs }: { jobs: readonly Job[] }) {
  const { t } = useTranslation()
  const phase = usePhase()
  const time = useTimeFormat()
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('forecast.job')}</th>
            <th scope="col">{t('forecast.stateTitle')}</th>
            <th scope="col" className={table.wide}>
              {t('forecast.outcome')}
            </th>
            <th scope="col" className={table.spare}>
              {t('forecast.started')}
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map(job => (
            <tr key={job.id}>
              <th scope="row">
                <Link to="/forecast/lab/jobs/$id" params={{ id: job.id }} search={{}} className={table.link}>
                  {t(`forecast.lab.kind.${job.kind}`)}
                </Link>
                <p className={table.instead}>{time.short(Date.parse(job.createdAt))}</p>
              </th>
              <td>
                <State state={job.state} />
              </td>
              <td className={table.wide}>
                {isOpen(job) ? (
                  <Progress label={t('forecast.progress')} share={job.progress} text={phase(job)} />
                ) : job.failure ? (
                  <Because {...job.failure} />
                ) : job.model ? (
                  <Link to="/forecast/lab/models/$id" params={{ id: job.model }} search={{}}>
                    {t('forecast.lab.seeCard')}
                  </Link>
                ) : (
                  <span className={table.quiet}>–</span>
                )}
              </td>
              <td className={`${table.quiet} ${table.spare}`}>
                {time.short(Date.parse(job.createdAt))}
                <div>{job.actor}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
