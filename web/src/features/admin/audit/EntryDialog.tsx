import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '~/api/types'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { Diff } from '~/ui/desk/Diff'
import { sortedJson } from '~/ui/desk/diff'
import { Moment } from '~/ui/desk/Moment'
import { Code } from '~/ui/desk/Tag'

/** What one action changed. */
export function EntryDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={entry.action}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      <div className={dialogs.form}>
        <p>
          <Code>{entry.target}</Code> · {entry.actorName} · <Moment at={entry.at} /> · {entry.address}
        </p>
        <Diff before={pretty(entry.before)} after={pretty(entry.after)} />
        <p className={dialogs.label}>
          {t('admin.audit.hash', { sequence: entry.sequence })} <Code>{entry.hash}</Code>
        </p>
      </div>
    </Modal>
  )
}

function pretty(json: string | null): string {
  try {
    return json ? sortedJson(JSON.parse(json)) : ''
  } catch {
    return json ?? ''
  }
}
