import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import type { Blocked, Rule } from './firewall'

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
const listOf = (form: FormData, name: string) =>
  textOf(form, name)
    .split(/[\s,]+/)
    .filter(Boolean)

interface RuleProps {
  rule: Rule | null
  onClose: () => void
  onSave: (rule: Rule) => Promise<unknown>
}

export function RuleDialog({ rule, onClose, onSave }: RuleProps) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={t('admin.firewall.add.rule')}
      submit={t('admin.draft.save')}
      size={600}
      onClose={onClose}
      onSubmit={form =>
        onSave({
          ...rule,
          name: textOf(form, 'name'),
          mode: textOf(form, 'mode') === 'detect' ? 'detect' : 'block',
          path: textOf(form, 'path') || null,
          methods: listOf(form, 'methods').map(method => method.toUpperCase()),
          networks: listOf(form, 'networks'),
          in: textOf(form, 'in') || 'target',
          pattern: textOf(form, 'pattern') || null,
        })
      }
    >
      {() => (
        <div className={dialogs.pair}>
          <TextInput name="name" label={t('admin.name')} defaultValue={rule?.name ?? ''} required data-autofocus />
          <Select
            name="mode"
            label={t('admin.firewall.mode')}
            description={t('admin.firewall.modeHint')}
            data={(['detect', 'block'] as const).map(value => ({ value, label: t(`admin.firewall.${value}`) }))}
            defaultValue={rule?.mode ?? 'detect'}
            allowDeselect={false}
          />
          <TextInput name="path" label={t('admin.routes.path')} defaultValue={rule?.path ?? ''} />
          <TextInput name="methods" label={t('admin.routes.methods')} defaultValue={rule?.methods?.join(', ') ?? ''} />
          <TextInput
            name="networks"
            label={t('admin.firewall.networks')}
            defaultValue={rule?.networks?.join(', ') ?? ''}
          />
          <TextInput
            name="in"
            label={t('admin.firewall.in')}
            description={t('admin.firewall.inHint')}
            defaultValue={rule?.in ?? 'target'}
          />
          <TextInput
            name="pattern"
            label={t('admin.firewall.pattern')}
            description={t('admin.firewall.patternHint')}
            defaultValue={rule?.pattern ?? ''}
            classNames={{ input: dialogs.code }}
          />
        </div>
      )}
    </FormDialog>
  )
}

const exampleNetwork = '203.0.113.0/24'

interface BlockedProps {
  onClose: () => void
  onSave: (blocked: Blocked) => Promise<unknown>
}

export function BlockedDialog({ onClose, onSave }: BlockedProps) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={t('admin.firewall.add.blocked')}
      submit={t('admin.draft.save')}
      onClose={onClose}
      onSubmit={form => {
        const until = textOf(form, 'until')
        return onSave({
          network: textOf(form, 'network'),
          until: until ? new Date(until).toISOString() : null,
          note: textOf(form, 'note'),
        })
      }}
    >
      {() => (
        <>
          <TextInput
            name="network"
            label={t('admin.firewall.network')}
            placeholder={exampleNetwork}
            required
            data-autofocus
          />
          <TextInput
            name="until"
            type="datetime-local"
            label={t('admin.firewall.until')}
            description={t('admin.firewall.untilHint')}
          />
          <TextInput name="note" label={t('admin.note')} />
        </>
      )}
    </FormDialog>
  )
}
