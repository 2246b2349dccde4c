import { Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Provider, ProviderPut } from '~/api/types'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import { useAct } from '~/ui/desk/useAct'
import { RoleChecks } from '../people/RoleChecks'
import { GroupRoles } from './GroupRoles'
import { providersQuery, putOf } from './providers'

interface Props {
  /** Null connects a new one. */
  provider: Provider | null
  onClose: () => void
  onSaved?: ((provider: Provider) => void) | undefined
}

/** Not words of any language. */
const examples = { issuer: 'https:/' + '/accounts.example.com', name: 'company', domains: 'example.com' }

const claims = ['email', 'name', 'groups'] as const
const fieldOf = { email: 'claimEmail', name: 'claimName', groups: 'claimGroups' } as const

export function ProviderDialog({ provider, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const save = useAct(
    (body: ProviderPut) =>
      call(
        provider
          ? api.PATCH('/api/admin/providers/{name}', { params: { path: { name: provider.name } }, body })
          : api.POST('/api/admin/providers', { body }),
      ),
    providersQuery.queryKey,
  )
  return (
    <FormDialog
      title={provider ? provider.title : t('admin.providers.add')}
      submit={t('admin.save')}
      size={680}
      onClose={onClose}
      onSubmit={async form => {
        const saved = await save.mutateAsync(putOf(form, provider))
        onSaved?.(saved)
      }}
    >
      {faultOf => (
        <>
          <div className={dialogs.pair}>
            <TextInput
              name="title"
              label={t('admin.providers.title')}
              description={t('admin.providers.titleHint')}
              defaultValue={provider?.title ?? ''}
              error={faultOf('title')}
              required
              data-autofocus
            />
            {!provider && (
              <TextInput
                name="name"
                label={t('admin.roles.name')}
                description={t('admin.plans.nameHint')}
                placeholder={examples.name}
                error={faultOf('name')}
                required
              />
            )}
          </div>
          <TextInput
            name="issuer"
            label={t('admin.providers.issuer')}
            description={t('admin.providers.issuerHint')}
            placeholder={examples.issuer}
            defaultValue={provider?.issuer ?? ''}
            error={faultOf('issuer')}
            required
          />
          <div className={dialogs.pair}>
            <TextInput
              name="clientId"
              label={t('admin.providers.clientId')}
              defaultValue={provider?.clientId ?? ''}
              autoComplete="off"
              error={faultOf('clientId')}
              required
            />
            <PasswordInput
              name="clientSecret"
              label={t('admin.providers.clientSecret')}
              placeholder={provider?.hasSecret ? t('admin.providers.kept') : ''}
              autoComplete="new-password"
              error={faultOf('clientSecret')}
              visibilityToggleButtonProps={{ 'aria-label': t('admin.secrets.show') }}
            />
          </div>
          <TextInput
            name="scopes"
            label={t('admin.providers.scopes')}
            defaultValue={(provider?.scopes ?? ['openid', 'profile', 'email']).join(' ')}
            error={faultOf('scopes')}
            required
          />
          <div className={dialogs.pair}>
            {claims.map(claim => (
              <TextInput
                key={claim}
                name={fieldOf[claim]}
                label={t(`admin.providers.claim.${claim}`)}
                defaultValue={provider?.claims[claim] ?? claim}
                error={faultOf('claims')}
                required
              />
            ))}
          </div>
          <GroupRoles chosen={provider?.groupRoles ?? []} fault={faultOf('groupRoles')} />
          <RoleChecks
            label={t('admin.providers.defaultRoles')}
            chosen={provider?.defaultRoles ?? []}
            fault={faultOf('defaultRoles') ?? faultOf('roles')}
          />
          <TextInput
            name="emailDomains"
            label={t('admin.providers.domains')}
            description={t('admin.providers.domainsHint')}
            placeholder={examples.domains}
            defaultValue={provider?.emailDomains.join(', ') ?? ''}
            error={faultOf('emailDomains')}
          />
          <Checkbox name="enabled" label={t('admin.providers.enabled')} defaultChecked={provider?.enabled ?? true} />
        </>
      )}
    </FormDialog>
  )
}
