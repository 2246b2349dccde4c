import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Load } from '../data/shapes'
import { Because, useReason } from '../parts/Because'
import { Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import styles from './Loads.module.css'

/** Rows that could not be taken, with their line and the reason: what somebody needs to mend the file. */
export function Rejects({ load }: { load: Load }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const wordOf = useReason()
  const codes = Object.entries(load.rejectCounts).sort((one, other) => other[1] - one[1])
  const shown = t('forecast.rejects.shown', {
    count: load.rejects.length,
    shown: count(load.rejects.length),
    all: count(load.rejected),
  })
  return (
    <Panel title={t('forecast.rejects.title')} about={shown}>
      <ul className={styles.codes}>
        {codes.map(([code, times]) => (
          <li key={code}>
            <span title={code}>{wordOf(code)}</span> {count(times)}
          </li>
        ))}
      </ul>
      <Scroll label={t('forecast.rejects.title')} tall>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" className={table.figure}>
                {t('forecast.rejects.line')}
              </th>
              <th scope="col">{t('forecast.rejects.field')}</th>
              <th scope="col" className={table.wide}>
                {t('forecast.rejects.why')}
              </th>
            </tr>
          </thead>
          <tbody>
            {load.rejects.map(({ line, field, code, message }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line can be rejected twice for one field.
              <tr key={at}>
                <td className={table.figure}>{count(line)}</td>
                <td>{field ?? '–'}</td>
                <td>
                  <Because code={code} message={message} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}
