import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '~/ui/ProblemNotice'
import type { Unusual } from '../data/shapes'
import { Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import { useStepTime } from '../parts/useStepTime'
import styles from './Series.module.css'

interface Props {
  unusual: UseQueryResult<Unusual>
  valueText: (value: number | null) => string
}

/** Where the series left what is usual for it, in words and figures. */
export default function UnusualPanel({ unusual, valueText }: Props) {
  const { t } = useTranslation()
  const { data } = unusual
  return (
    <Panel title={t('forecast.unusual.title')} about={t('forecast.unusual.about')}>
      {unusual.isError ? (
        <ProblemNotice problem={unusual.error} onRetry={() => void unusual.refetch()} />
      ) : !data ? (
        <Skeleton height={60} />
      ) : data.stretches.length === 0 ? (
        <p className={styles.quiet}>
          {t(data.points.length === 0 ? 'forecast.unusual.early' : 'forecast.unusual.none')}
        </p>
      ) : (
        <Stretches unusual={data} valueText={valueText} />
      )}
    </Panel>
  )
}

function Stretches({ unusual, valueText }: { unusual: Unusual; valueText: Props['valueText'] }) {
  const { t } = useTranslation()
  const time = useStepTime(unusual.step)
  const text = (at: string) => time.short(Date.parse(at))
  return (
    <Scroll label={t('forecast.unusual.title')} tall>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('forecast.list.span')}</th>
            <th scope="col" className={table.figure}>
              {t('forecast.unusual.most')}
            </th>
            <th scope="col" className={table.figure}>
              {t('forecast.unusual.expected')}
            </th>
          </tr>
        </thead>
        <tbody>
          {unusual.stretches.map(({ from, to, steps, at, value, expected }) => (
            <tr key={from}>
              <th scope="row">
                {`${text(from)} – ${text(to)}`}
                <div className={table.quiet}>
                  {t(unusual.step === 'day' ? 'forecast.days' : 'forecast.hours', { count: steps })}
                </div>
              </th>
              <td className={table.figure}>
                {valueText(value)}
                <div className={table.quiet}>{text(at)}</div>
              </td>
              <td className={table.figure}>{valueText(expected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
