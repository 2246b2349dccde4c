import { Button } from '@mantine/core'
import { IconGauge, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { Plan } from '~/api/types'
import { useNumberFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Sheet } from '~/ui/desk/Sheet'
import { useAct } from '~/ui/desk/useAct'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { PlanDialog } from './PlanDialog'
import { plansQuery } from './plans'

export function PlansPage() {
  const { t } = useTranslation()
  const { count, rate } = useNumberFormat()
  const manages = useMay()('platform.manage')
  const plans = useQuery(plansQuery)
  const [edited, setEdited] = useState<Plan | 'new' | null>(null)
  const [dropped, setDropped] = useState<string | null>(null)
  const remove = useAct(
    (name: string) => call(api.DELETE('/api/admin/plans/{name}', { params: { path: { name } } })),
    plansQuery.queryKey,
  )
  const limit = (value: number | undefined, shown = count) => (value ? shown(value) : t('admin.plans.unlimited'))
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.plans.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.plans')} about={t('admin.plans.about')} actions={add}>
      <Listing
        label={t('admin.pages.plans')}
        query={plans}
        rowKey={plan => plan.name ?? ''}
        columns={[
          { head: t('admin.name'), cell: plan => plan.name },
          { head: t('admin.plans.rate'), end: true, cell: plan => limit(plan.ratePerSecond, rate) },
          { head: t('admin.plans.burst'), end: true, cell: plan => count(plan.burst ?? 0) },
          { head: t('admin.plans.quota'), end: true, cell: plan => limit(plan.dailyQuota) },
          { head: t('admin.pages.keys'), end: true, cell: plan => count(plan.keys ?? 0) },
        ]}
        actions={
          manages
            ? plan => (
                <>
                  <IconButton label={t('admin.edit')} icon={IconPencil} onClick={() => setEdited(plan)} />
                  <IconButton
                    label={t('admin.remove')}
                    icon={IconTrash}
                    disabled={(plan.keys ?? 0) > 0}
                    onClick={() => setDropped(plan.name ?? '')}
                  />
                </>
              )
            : undefined
        }
        empty={<Notice icon={IconGauge} title={t('admin.plans.none')} text={t('admin.plans.noneText')} actions={add} />}
      />
      {edited && <PlanDialog plan={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {dropped && (
        <AskDialog
          title={t('admin.plans.removeTitle', { name: dropped })}
          text={t('admin.plans.removeText')}
          submit={t('admin.remove')}
          onClose={() => setDropped(null)}
          onSubmit={() => remove.mutateAsync(dropped)}
        />
      )}
    </Sheet>
  )
}
