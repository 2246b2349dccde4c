import { IconColumnInsertRight, IconColumnRemove, IconCopy, IconMinus, IconPlus } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '~/ui/CopyButton'
import { IconButton } from '~/ui/IconButton'
import { useFieldActions } from './actions'
import styles from './Record.module.css'
import type { FieldRow } from './values'

/** Longer values than this start folded to a few lines. */
const lineMax = 160

/** One field of the record and what a reader may do with it. */
export function Field({ field, value, label }: FieldRow & { label: string }) {
  const { t } = useTranslation()
  const actions = useFieldActions(field, value)
  return (
    <div className={styles.field} tabIndex={-1}>
      <span className={styles.name}>{breakable(label)}</span>
      <span className={styles.value} data-long={value.length > lineMax || value.includes('\n') || undefined}>
        {value}
      </span>
      <span className={styles.actions} role="group" aria-label={field}>
        <IconButton size={24} label={t('record.include')} icon={IconPlus} onClick={actions.include} />
        <IconButton size={24} label={t('record.exclude')} icon={IconMinus} onClick={actions.exclude} />
        {actions.shown ? (
          <IconButton
            size={24}
            label={t('record.removeColumn')}
            icon={IconColumnRemove}
            onClick={actions.toggleColumn}
          />
        ) : (
          <IconButton
            size={24}
            label={t('record.addColumn')}
            icon={IconColumnInsertRight}
            onClick={actions.toggleColumn}
          />
        )}
        <CopyButton size={24} label={t('common.copy')} icon={IconCopy} text={() => value} />
      </span>
    </div>
  )
}

/** A dotted name breaks after its dots rather than inside a word. */
const breakable = (name: string) =>
  name.split(/(?<=[._/])/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name have no other name than their place.
    <Fragment key={at}>
      {part}
      <wbr />
    </Fragment>
  ))
