import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { CurationForm } from '../curation/CurationForm'
import { useDraft } from '../curation/useDraft'
import desk from '../Desk.module.css'
import type { Item } from '../types'
import { useDeskAction } from '../useDeskAction'
import { bodyOf, type Draft, draftOf, type Fault, faultsOf, newDraft } from './draft'

interface Props {
  /** Null to make a new one. */
  item: Item | null
  onClose: () => void
}

/** The fields one types into. */
type Field = Exclude<keyof Draft, 'state' | 'pictures' | 'version'>

export function ItemForm({ item, onClose }: Props) {
  const { t } = useTranslation()
  const save = useDeskAction(
    (draft: Draft) =>
      item
        ? call(api.PUT('/api/club/curation/items/{id}', { params: { path: { id: item.id } }, body: bodyOf(draft) }))
        : call(api.POST('/api/club/curation/items', { body: bodyOf(draft) })),
    onClose,
  )
  const { draft, shown, set, submit, typed } = useDraft<Draft, Fault>(
    item ? draftOf(item) : newDraft,
    draft => faultsOf(draft, item?.free ?? 0),
    save.mutate,
  )
  const field = (name: Field, fault?: Fault) => ({
    ...typed(name),
    label: t(`clubDesk.collection.field.${name}`),
    error: fault && shown.includes(fault) ? t(`clubDesk.collection.fault.${fault}`) : null,
  })
  return (
    <CurationForm
      title={item ? item.title : t('clubDesk.collection.add')}
      draft={draft}
      set={set}
      save={save}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput {...field('title', 'title')} maxLength={200} data-autofocus />
      <Textarea {...field('description')} rows={4} maxLength={10_000} />
      <div className={desk.pair}>
        <TextInput {...field('unit', 'unit')} maxLength={100} />
        <TextInput {...field('place', 'place')} inputMode="numeric" />
      </div>
      <div className={desk.pair}>
        <TextInput {...field('points', 'price')} inputMode="numeric" />
        <div className={desk.pair}>
          <TextInput {...field('price')} inputMode="decimal" />
          <TextInput {...field('currency', 'currency')} maxLength={3} />
        </div>
      </div>
      <TextInput
        {...field('added', 'added')}
        {...(item && {
          description: t('clubDesk.collection.stock', { free: item.free, reserved: item.reserved, sold: item.sold }),
        })}
      />
    </CurationForm>
  )
}
