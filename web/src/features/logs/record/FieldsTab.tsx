import { useTranslation } from 'react-i18next'
import type { LogRecord } from '~/api/types'
import { Field } from './Field'
import styles from './Record.module.css'
import { type FieldRow, fieldsOf } from './values'

export function FieldsTab({ record }: { record: LogRecord }) {
  const { t } = useTranslation()
  const { own, attributes, resource } = fieldsOf(record)
  return (
    <div className={styles.fields}>
      <Group title={t('record.attributes')} rows={attributes} />
      <Group title={t('record.own')} rows={own} />
      <Group title={t('record.resource')} rows={resource} prefix="resource." />
    </div>
  )
}

interface GroupProps {
  title: string
  rows: FieldRow[]
  /** Of every name of the group, and said by its title already. */
  prefix?: string
}

function Group({ title, rows, prefix = '' }: GroupProps) {
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className={styles.group}>{title}</h3>
      {rows.map(row => (
        <Field key={row.field} {...row} label={row.field.slice(prefix.length)} />
      ))}
    </section>
  )
}
