import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Diff } from '~/ui/desk/Diff'
import { sortedJson } from '~/ui/desk/diff'
import { Fault } from '~/ui/desk/Fault'
import { Tag } from '~/ui/desk/Tag'
import styles from './DraftBar.module.css'
import type { ConfigurationDocument } from './documents'

/** What was drafted and is not in force: what is wrong with it, what it changes, and the way to put it into force. */
export function DraftBar({ document }: { document: ConfigurationDocument }) {
  const { t } = useTranslation()
  const manages = useMay()('platform.manage')
  const [open, setOpen] = useState(false)
  const { waiting, active, activate } = document
  if (!waiting) return null
  const faulty = waiting.state === 'draft'
  return (
    <section className={styles.bar} data-faulty={faulty || undefined} aria-label={t('admin.draft.title')}>
      <div className={styles.head}>
        <Tag tone={faulty ? 'bad' : 'caution'}>
          {t(faulty ? 'admin.draft.faulty' : 'admin.draft.waits', { id: waiting.id })}
        </Tag>
        <span className={styles.about}>
          {t('admin.draft.by', { name: waiting.author })}
          {waiting.note && ` · ${waiting.note}`}
        </span>
        <span className={styles.space} />
        <Button variant="default" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('admin.draft.changes')}
        </Button>
        {manages && !faulty && (
          <Button size="compact-sm" loading={activate.isPending} onClick={() => activate.mutate(waiting.id)}>
            {t('admin.draft.activate')}
          </Button>
        )}
      </div>
      {waiting.problems.length > 0 && (
        <ul className={styles.problems}>
          {waiting.problems.map(problem => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {activate.error && <Fault problem={activate.error} />}
      {open && <Diff before={sortedJson(active?.body ?? {})} after={sortedJson(waiting.body)} />}
    </section>
  )
}
