import { Button } from '@mantine/core'
import { IconArrowBackUp, IconFileSettings, IconPencil } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Revision } from '~/api/types'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { Tag, type Tone } from '~/ui/desk/Tag'
import { Notice } from '~/ui/Notice'
import { DraftBar } from './DraftBar'
import { DraftDialog } from './DraftDialog'
import { useDocument } from './documents'
import { RevisionDialog } from './RevisionDialog'

export const revisionTones: Record<string, Tone> = { active: 'good', valid: 'caution', draft: 'bad', retired: 'calm' }

/** A document as JSON, whoever has no page of its own for it, and everything it ever was. */
export function DocumentPage() {
  const { t } = useTranslation()
  const { area, item } = useParams({ from: '/shell/admin/configuration/$area/$item' })
  const manages = useMay()('platform.manage')
  const document = useDocument(area, item)
  const [writes, setWrites] = useState(false)
  const [goesBack, setGoesBack] = useState(false)
  const [opened, setOpened] = useState<Revision | null>(null)
  const { revisions, active, waiting } = document
  const earlier = revisions.data?.some(({ state }) => state === 'retired')
  return (
    <Sheet
      title={document.name}
      about={t('admin.configuration.aboutOne')}
      actions={
        manages &&
        active && (
          <>
            {earlier && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                onClick={() => setGoesBack(true)}
              >
                {t('admin.draft.rollBack')}
              </Button>
            )}
            <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setWrites(true)}>
              {t('admin.draft.write')}
            </Button>
          </>
        )
      }
    >
      <DraftBar document={document} />
      <Section title={t('admin.configuration.revisions')}>
        <Listing
          label={t('admin.configuration.revisions')}
          query={revisions}
          rowKey={({ id }) => String(id)}
          columns={[
            { head: t('admin.version'), width: '80px', cell: ({ id }) => `#${id}` },
            {
              head: t('admin.state'),
              width: '130px',
              cell: ({ state }) => (
                <Tag tone={revisionTones[state] ?? 'calm'}>{t(`admin.revision.${state as 'active'}`)}</Tag>
              ),
            },
            { head: t('admin.changed'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
            { head: t('admin.by'), cell: ({ author }) => author },
            { head: t('admin.note'), cell: ({ note }) => note ?? '' },
          ]}
          actions={revision => (
            <Button variant="subtle" size="compact-sm" onClick={() => setOpened(revision)}>
              {t('admin.show')}
            </Button>
          )}
          empty={<Notice icon={IconFileSettings} title={t('admin.configuration.none')} />}
        />
      </Section>
      {writes && active && (
        <DraftDialog document={document} body={(waiting ?? active).body} onClose={() => setWrites(false)} />
      )}
      {goesBack && (
        <AskDialog
          title={t('admin.draft.rollBack')}
          text={t('admin.draft.rollBackText')}
          submit={t('admin.draft.rollBack')}
          onClose={() => setGoesBack(false)}
          onSubmit={() => document.rollBack.mutateAsync()}
        />
      )}
      {opened && <RevisionDialog document={document} revision={opened} onClose={() => setOpened(null)} />}
    </Sheet>
  )
}
