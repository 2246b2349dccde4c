import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { Chart, ChartKey } from '../chart/Chart'
import { type Picture, stepsBetween } from '../chart/picture'
import type { Coverage } from '../data/shapes'
import { Facts, Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import styles from './Lab.module.css'
import { useFigures } from './useFigures'

/** Did the intervals keep their promise: over all, by step, by station, and where it matters most. */
export function CoveragePanel({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation()
  const { percent, count } = useNumberFormat()
  const { error } = useFigures()
  const picture = useMemo<Picture>(() => {
    const horizon = coverage.steps.at(-1)?.step ?? 1
    return {
      from: 1,
      to: Math.max(2, horizon),
      fromZero: false,
      lines: [
        {
          name: 'coverage',
          colour: 'accent',
          width: 2,
          points: coverage.steps.map(one => [one.step, one.coverage] as const),
        },
      ],
      levels: [coverage.level],
      ticks: stepsBetween(horizon).map(step => ({ at: step, text: `+${step}` })),
    }
  }, [coverage])
  const { all, high } = coverage
  return (
    <Panel title={t('forecast.cover.title', { level: percent(coverage.level) })} about={t('forecast.cover.about')}>
      <Facts
        facts={[
          {
            name: t('forecast.cover.measured'),
            value: percent(all.coverage),
            about: t('forecast.cover.outcomes', { count: all.count, outcomes: count(all.count) }),
          },
          {
            name: t('forecast.cover.missed'),
            value: `${percent(all.missedBelow)} / ${percent(all.missedAbove)}`,
            about: t('forecast.cover.missedAbout'),
          },
          {
            name: t('forecast.cover.width'),
            value: error(all.width),
            about: t('forecast.cover.winkler', { score: error(all.winkler) }),
          },
          {
            name: t('forecast.cover.worst'),
            value: percent(coverage.worstMonth),
            about: t('forecast.cover.worstAbout'),
          },
          ...(high
            ? [
                {
                  name: t('forecast.answer.high', { value: error(coverage.exceedance) }),
                  value: percent(high.coverage),
                  about: t('forecast.answer.highAbout'),
                },
              ]
            : []),
        ]}
      />
      <div className={styles.below}>
        <Chart label={t('forecast.cover.picture')} picture={picture} valueText={percent} />
        <ChartKey
          items={[
            { name: t('forecast.cover.measured'), colour: 'accent', kind: 'solid' },
            { name: t('forecast.cover.promised'), colour: 'text-3', kind: 'dashed' },
          ]}
        />
      </div>
      <Scroll label={t('forecast.cover.places')} tall below>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.station')}</th>
              <th scope="col" className={table.figure}>
                {t('forecast.coverage')}
              </th>
              <th scope="col" className={table.figure}>
                {t('forecast.cover.width')}
              </th>
            </tr>
          </thead>
          <tbody>
            {coverage.places.map(({ place, coverage: share, width }) => (
              <tr key={place}>
                <th scope="row">{place}</th>
                <td className={table.figure}>{percent(share)}</td>
                <td className={table.figure}>{error(width)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}
