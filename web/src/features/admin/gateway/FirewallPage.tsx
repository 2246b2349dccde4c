import { Button } from '@mantine/core'
import { IconPencil, IconPlus, IconShield, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Fault } from '~/ui/desk/Fault'
import { Listing } from '~/ui/desk/Listing'
import { Moment } from '~/ui/desk/Moment'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { Code, Tag } from '~/ui/desk/Tag'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { DraftBar } from '../platform/DraftBar'
import { useDocument } from '../platform/documents'
import { BlockedDialog, RuleDialog } from './FirewallDialogs'
import { type Blocked, changed, type Firewall, firewallOf, type Rule } from './firewall'

type Edited = { kind: 'rule'; of: Rule | null } | { kind: 'blocked'; of: Blocked | null }

export function FirewallPage() {
  const { t } = useTranslation()
  const manages = useMay()('platform.manage')
  const document = useDocument('gateway', 'firewall')
  const [edited, setEdited] = useState<Edited | null>(null)
  const { revisions, draft } = document
  const firewall = firewallOf((document.waiting ?? document.active)?.body)
  const save = (change: Partial<Firewall>) => draft.mutateAsync({ body: { ...firewall, ...change }, note: '' })
  const close = () => setEdited(null)
  const drop = (change: Partial<Firewall>) => void save(change).catch(() => undefined)
  const add = (kind: Edited['kind']) =>
    manages && (
      <Button
        variant={kind === 'rule' ? 'filled' : 'default'}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setEdited({ kind, of: null })}
      >
        {t(`admin.firewall.add.${kind}`)}
      </Button>
    )
  return (
    <Sheet title={t('admin.pages.firewall')} about={t('admin.firewall.about')}>
      <DraftBar document={document} />
      <Fault problem={draft.error} />
      <Section title={t('admin.firewall.rules')} actions={add('rule')}>
        <Listing
          label={t('admin.firewall.rules')}
          query={{ ...revisions, data: revisions.data && firewall.rules }}
          rowKey={({ name }) => name}
          columns={[
            { head: t('admin.name'), cell: rule => rule.name },
            {
              head: t('admin.firewall.mode'),
              cell: ({ mode }) => (
                <Tag tone={mode === 'detect' ? 'calm' : 'good'}>{t(`admin.firewall.${mode ?? 'block'}`)}</Tag>
              ),
            },
            { head: t('admin.routes.path'), cell: ({ path }) => (path ? <Code>{path}</Code> : t('admin.routes.all')) },
            { head: t('admin.firewall.in'), cell: rule => <Code>{rule.in ?? 'target'}</Code> },
            { head: t('admin.firewall.pattern'), cell: ({ pattern }) => (pattern ? <Code>{pattern}</Code> : '–') },
          ]}
          actions={
            manages
              ? rule => (
                  <>
                    <IconButton
                      label={t('admin.edit')}
                      icon={IconPencil}
                      onClick={() => setEdited({ kind: 'rule', of: rule })}
                    />
                    <IconButton
                      label={t('admin.remove')}
                      icon={IconTrash}
                      onClick={() => drop({ rules: changed(firewall.rules, rule, null) })}
                    />
                  </>
                )
              : undefined
          }
          empty={
            <Notice icon={IconShield} title={t('admin.firewall.noRules')} text={t('admin.firewall.noRulesText')} />
          }
        />
      </Section>
      <Section title={t('admin.firewall.blocked')} actions={add('blocked')}>
        <Listing
          label={t('admin.firewall.blocked')}
          query={{ ...revisions, data: revisions.data && firewall.blocked }}
          rowKey={({ network, until }) => `${network} ${until}`}
          columns={[
            { head: t('admin.firewall.network'), cell: ({ network }) => <Code>{network}</Code> },
            { head: t('admin.firewall.until'), cell: ({ until }) => <Moment at={until} none={t('admin.forever')} /> },
            { head: t('admin.note'), width: 'minmax(0, 2fr)', cell: ({ note }) => note ?? '' },
          ]}
          actions={
            manages
              ? blocked => (
                  <IconButton
                    label={t('admin.remove')}
                    icon={IconTrash}
                    onClick={() => drop({ blocked: changed(firewall.blocked, blocked, null) })}
                  />
                )
              : undefined
          }
          empty={<Notice icon={IconShield} title={t('admin.firewall.noBlocked')} />}
        />
      </Section>
      {edited?.kind === 'rule' && (
        <RuleDialog
          rule={edited.of}
          onClose={close}
          onSave={rule => save({ rules: changed(firewall.rules, edited.of, rule) })}
        />
      )}
      {edited?.kind === 'blocked' && (
        <BlockedDialog onClose={close} onSave={one => save({ blocked: changed(firewall.blocked, null, one) })} />
      )}
    </Sheet>
  )
}
