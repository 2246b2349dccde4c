import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Revision } from '~/api/types'
import { useMay } from '~/app/session'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { Diff } from '~/ui/desk/Diff'
import { sortedJson } from '~/ui/desk/diff'
import { Fault } from '~/ui/desk/Fault'
import styles from './DraftBar.module.css'
import type { ConfigurationDocument } from './documents'

interface Props {
  document: ConfigurationDocument
  revision: Revision
  onClose: () => void
}

/** One revision: what it says, how it differs from the one in force, and the way back to it. */
export function RevisionDialog({ document, revision, onClose }: Props) {
  const { t } = useTranslation()
  const manages = useMay()('platform.manage')
  const { active, activate } = document
  const other = active && active.id !== revision.id
  const text = sortedJson(revision.body)
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={`${document.name} #${revision.id}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      <div className={dialogs.form}>
        {revision.problems.length > 0 && (
          <ul className={styles.problems}>
            {revision.problems.map(problem => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {other && (
          <>
            <p className={dialogs.label}>{t('admin.draft.against', { id: active.id })}</p>
            <Diff before={sortedJson(active.body)} after={text} />
          </>
        )}
        <p className={dialogs.label}>{t('admin.draft.whole')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys. */}
        <pre className={dialogs.json} tabIndex={0}>
          {text}
        </pre>
        <Fault problem={activate.error} />
        {manages && other && revision.state !== 'draft' && (
          <div className={dialogs.foot}>
            <Button
              loading={activate.isPending}
              onClick={() => void activate.mutateAsync(revision.id).then(onClose, () => undefined)}
            >
              {t('admin.draft.activate')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  )
}
