import { Skeleton } from '@mantine/core'
import { IconGitCompare } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Chart, ChartKey } from '../chart/Chart'
import { type Picture, stepsBetween, strokeOf } from '../chart/picture'
import { modelQuery } from '../data/calls'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { State } from '../parts/State'
import table from '../parts/Table.module.css'
import styles from './Lab.module.css'
import { type Carded, useCompareRows } from './useCompareRows'
import { useFigures } from './useFigures'

/** Models side by side: what differs in how they were made, and what that did. */
export function ComparePage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/forecast/lab/compare' })
  const ids = (search.models ?? '').split(',').filter(Boolean).slice(0, 5)
  const answers = useQueries({ queries: ids.map(modelQuery) })
  const failed = answers.find(answer => answer.isError)
  const models = answers.flatMap(({ data }) => (data?.card ? [data as Carded] : []))
  return (
    <Frame title={t('forecast.compare.title')} about={t('forecast.compare.about')}>
      {ids.length < 2 ? (
        <Notice
          icon={IconGitCompare}
          title={t('forecast.compare.choose')}
          actions={<Link to="/forecast/lab">{t('forecast.page.lab')}</Link>}
        />
      ) : failed ? (
        <ProblemNotice problem={failed.error} onRetry={() => void failed.refetch()} />
      ) : models.length < ids.length ? (
        <Skeleton height={420} />
      ) : (
        <Compared models={models} />
      )}
    </Frame>
  )
}

function Compared({ models }: { models: Carded[] }) {
  const { t } = useTranslation()
  const { error } = useFigures()
  const groups = useCompareRows(models)
  const picture = useMemo<Picture>(() => pictureOf(models), [models])
  return (
    <div className={styles.parts}>
      <Panel title={t('forecast.scores.picture')}>
        <Chart label={t('forecast.scores.picture')} picture={picture} valueText={error} />
        <ChartKey
          items={models.map((model, at) => ({
            name: `${model.name} v${model.version}`,
            colour: strokeOf(at).colour,
            kind: strokeOf(at).style,
          }))}
        />
      </Panel>
      <Panel title={t('forecast.compare.figures')} about={t('forecast.compare.figuresAbout')}>
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('forecast.model')}</th>
                {models.map(model => (
                  <th key={model.id} scope="col">
                    <Link to="/forecast/lab/models/$id" params={{ id: model.id }} search={{}} className={table.link}>
                      {`${model.name} v${model.version}`}
                    </Link>{' '}
                    <State state={model.state} />
                  </th>
                ))}
              </tr>
            </thead>
            {groups.map(({ name, rows }) => (
              <tbody key={name}>
                <tr>
                  <th scope="rowgroup" colSpan={models.length + 1} className={styles.group}>
                    {name}
                  </th>
                </tr>
                {rows.map(row => (
                  <tr key={row.name} data-differs={row.differs || undefined} className={styles.compared}>
                    <th scope="row">{row.name}</th>
                    {row.cells.map((cell, at) => (
                      <td key={models[at]?.id} className={row.best === at ? table.best : undefined}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      </Panel>
    </div>
  )
}

function pictureOf(models: Carded[]): Picture {
  const horizon = Math.max(...models.map(model => model.horizon))
  return {
    from: 1,
    to: Math.max(2, horizon),
    fromZero: true,
    lines: models.map(({ card, name, version }, at) => ({
      ...strokeOf(at),
      name: `${name} v${version}`,
      width: 2,
      points:
        card.scores.find(score => score.model === card.primary)?.steps.map(({ step, mae }) => [step, mae] as const) ??
        [],
    })),
    ticks: stepsBetween(horizon).map(step => ({ at: step, text: `+${step}` })),
  }
}
