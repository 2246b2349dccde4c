import { useTranslation } from 'react-i18next'
import { Scroll } from '../parts/Scroll'
import tables from '../parts/Table.module.css'
import { Warned } from '../parts/Warned'
import styles from './Loads.module.css'
import { type Draft, missingOf, roleOf } from './mapping'
import type { Table } from './table'

interface Props {
  table: Table
  draft: Draft
  isComplete: boolean
}

/** The first rows, each column with what will become of it. */
export function Preview({ table, draft, isComplete }: Props) {
  const { t } = useTranslation()
  const missing = missingOf(draft, table.header)
  return (
    <>
      {missing.length > 0 && <Warned tone="bad">{t('forecast.loads.missing', { columns: missing.join(', ') })}</Warned>}
      {isComplete && <Warned tone="good">{t('forecast.loads.ready')}</Warned>}
      <Scroll label={t('forecast.loads.preview')}>
        <table className={tables.table}>
          <caption className={styles.caption}>
            {t(table.isCut ? 'forecast.loads.previewCut' : 'forecast.loads.preview', { count: table.rows.length })}
          </caption>
          <thead>
            <tr>
              {table.header.map((name, at) => {
                const role = roleOf(draft, name)
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity; two may have one name.
                  <th key={at} scope="col" data-role={role} className={styles.column}>
                    {name || '–'}
                    <span className={styles.role}>{t(`forecast.loads.role.${role}`)}</span>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place.
              <tr key={at}>
                {table.header.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: and so are their cells.
                  <td key={column}>{row[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
