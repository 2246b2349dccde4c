import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import type { ApiKey } from '~/api/types'
import { FormDialog } from '~/ui/desk/FormDialog'
import { useAct } from '~/ui/desk/useAct'
import { keysQuery } from './keys'

/** How long both keys work: time enough to bring the new one to every program. */
const overlaps = [0, 1, 24, 168, 720] as const

interface Props {
  apiKey: ApiKey
  onClose: () => void
  onMade: (text: string) => void
}

export function RotateDialog({ apiKey: { id, name }, onClose, onMade }: Props) {
  const { t } = useTranslation()
  const rotate = useAct(
    (overlapHours: number) =>
      call(api.POST('/api/admin/keys/{id}/rotate', { params: { path: { id } }, body: { overlapHours } })),
    keysQuery.queryKey,
  )
  return (
    <FormDialog
      title={t('admin.keys.rotate')}
      submit={t('admin.keys.rotate')}
      onClose={onClose}
      onSubmit={async form => onMade((await rotate.mutateAsync(Number(form.get('overlap')))).text)}
    >
      {faultOf => (
        <>
          <p>{t('admin.keys.rotateText', { name })}</p>
          <Select
            name="overlap"
            label={t('admin.keys.overlap')}
            data={overlaps.map(hours => ({ value: String(hours), label: t(`admin.overlap.${hours}`) }))}
            defaultValue="24"
            allowDeselect={false}
            error={faultOf('overlapHours')}
          />
        </>
      )}
    </FormDialog>
  )
}
