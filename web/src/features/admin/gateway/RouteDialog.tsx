import { Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import { type Route, routeOf, textOfUpstreams } from './routes'

/** Not words of any language. */
const examples = { path: '/weather', upstream: 'http:/' + '/10.0.0.7:9000 90 v1' }

interface Props {
  route: Route | null
  onClose: () => void
  onSave: (route: Route, note: string) => Promise<unknown>
}

/** The parts of a route that most routes need; the rest is written as JSON. */
export function RouteDialog({ route, onClose, onSave }: Props) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={route ? t('admin.routes.change', { name: route.name }) : t('admin.routes.add')}
      submit={t('admin.draft.save')}
      size={640}
      onClose={onClose}
      onSubmit={form => onSave(routeOf(form, route), String(form.get('note')))}
    >
      {() => (
        <>
          <div className={dialogs.pair}>
            <TextInput name="name" label={t('admin.name')} defaultValue={route?.name ?? ''} required data-autofocus />
            <TextInput
              name="path"
              label={t('admin.routes.path')}
              placeholder={examples.path}
              defaultValue={route?.path ?? ''}
              required
            />
          </div>
          <Textarea
            name="upstreams"
            label={t('admin.routes.upstreams')}
            description={t('admin.routes.upstreamsHint')}
            placeholder={examples.upstream}
            defaultValue={textOfUpstreams(route?.upstreams ?? [])}
            rows={3}
            classNames={{ input: dialogs.code }}
            required
          />
          <div className={dialogs.pair}>
            <TextInput
              name="hosts"
              label={t('admin.routes.hosts')}
              placeholder={t('admin.routes.all')}
              defaultValue={route?.hosts?.join(', ') ?? ''}
            />
            <TextInput
              name="methods"
              label={t('admin.routes.methods')}
              placeholder={t('admin.routes.all')}
              defaultValue={route?.methods?.join(', ') ?? ''}
            />
            <TextInput
              name="permission"
              label={t('admin.routes.permission')}
              placeholder={t('admin.routes.signedIn')}
              defaultValue={route?.permission ?? ''}
            />
            <TextInput
              name="plan"
              label={t('admin.routes.plan')}
              placeholder={t('admin.plans.unlimited')}
              defaultValue={route?.plan ?? ''}
            />
            <TextInput
              name="health"
              label={t('admin.routes.health')}
              placeholder={t('admin.routes.noHealth')}
              defaultValue={route?.health ? (route.health.path ?? '/health') : ''}
            />
            <NumberInput
              name="firstByteMs"
              label={t('admin.routes.firstByte')}
              defaultValue={route?.timeouts?.firstByteMs ?? 30_000}
              min={1}
              required
            />
            <NumberInput
              name="retries"
              label={t('admin.routes.retries')}
              defaultValue={route?.retries ?? 1}
              min={0}
              max={3}
              required
            />
            <NumberInput
              name="cacheSeconds"
              label={t('admin.routes.cache')}
              defaultValue={route?.cacheSeconds ?? 0}
              min={0}
              required
            />
          </div>
          <Checkbox name="anonymous" label={t('admin.routes.anonymous')} defaultChecked={route?.anonymous ?? false} />
          <Checkbox name="stripPath" label={t('admin.routes.strip')} defaultChecked={route?.stripPath ?? true} />
          <Checkbox
            name="webSockets"
            label={t('admin.routes.webSockets')}
            defaultChecked={route?.webSockets ?? false}
          />
          <TextInput name="note" label={t('admin.note')} description={t('admin.draft.noteHint')} />
        </>
      )}
    </FormDialog>
  )
}
