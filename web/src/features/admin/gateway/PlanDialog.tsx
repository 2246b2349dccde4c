import { NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Plan } from '~/api/types'
import { FormDialog } from '~/ui/desk/FormDialog'
import { useAct } from '~/ui/desk/useAct'
import { plansQuery } from './plans'

interface Props {
  /** Null makes a new one. */
  plan: Plan | null
  onClose: () => void
}

export function PlanDialog({ plan, onClose }: Props) {
  const { t } = useTranslation()
  const save = useAct((form: FormData) => {
    const number = (name: string) => Number(form.get(name))
    return call(
      api.PUT('/api/admin/plans/{name}', {
        params: { path: { name: plan?.name ?? String(form.get('name')).trim() } },
        body: { ratePerSecond: number('ratePerSecond'), burst: number('burst'), dailyQuota: number('dailyQuota') },
      }),
    )
  }, plansQuery.queryKey)
  return (
    <FormDialog
      title={plan ? t('admin.plans.change', { name: plan.name }) : t('admin.plans.add')}
      submit={t('admin.save')}
      onClose={onClose}
      onSubmit={form => save.mutateAsync(form)}
    >
      {faultOf => (
        <>
          {!plan && (
            <TextInput
              name="name"
              label={t('admin.name')}
              description={t('admin.plans.nameHint')}
              error={faultOf('name')}
              pattern="[a-z0-9]+(-[a-z0-9]+)*"
              required
              data-autofocus
            />
          )}
          <NumberInput
            name="ratePerSecond"
            label={t('admin.plans.rate')}
            description={t('admin.plans.zero')}
            error={faultOf('ratePerSecond')}
            defaultValue={plan?.ratePerSecond ?? 10}
            min={0}
            required
          />
          <NumberInput
            name="burst"
            label={t('admin.plans.burst')}
            description={t('admin.plans.burstHint')}
            error={faultOf('burst')}
            defaultValue={plan?.burst ?? 20}
            min={1}
            required
          />
          <NumberInput
            name="dailyQuota"
            label={t('admin.plans.quota')}
            description={t('admin.plans.zero')}
            error={faultOf('dailyQuota')}
            defaultValue={plan?.dailyQuota ?? 0}
            min={0}
            required
          />
        </>
      )}
    </FormDialog>
  )
}
