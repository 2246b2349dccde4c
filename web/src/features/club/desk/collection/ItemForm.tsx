import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import desk from '../Desk.module.css'
import { PicturesField } from '../programme/PicturesField'
import { StateField } from '../programme/StateField'
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
  const [draft, setDraft] = useState<Draft>(() => (item ? draftOf(item) : newDraft))
  const [shown, setShown] = useState<Fault[]>([])
  const save = useDeskAction(
    () =>
      item
        ? call(api.PUT('/api/club/curation/items/{id}', { params: { path: { id: item.id } }, body: bodyOf(draft) }))
        : call(api.POST('/api/club/curation/items', { body: bodyOf(draft) })),
    onClose,
  )
  const set = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const faults = faultsOf(draft, item?.free ?? 0)
    setShown(faults)
    if (faults.length === 0) save.mutate(undefined)
  }
  const field = (name: Field, fault?: Fault) => ({
    label: t(`clubDesk.collection.field.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
    error: fault && shown.includes(fault) ? t(`clubDesk.collection.fault.${fault}`) : null,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={<span className={desk.dialogTitle}>{item ? item.title : t('clubDesk.collection.add')}</span>}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={desk.form} onSubmit={submit} noValidate>
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
        <PicturesField pictures={draft.pictures} onChange={pictures => set({ pictures })} />
        <StateField state={draft.state} onChange={state => set({ state })} />
        {save.isError && (
          <p className={desk.problem} role="alert">
            {save.error.message || t('problem.other.title')}
          </p>
        )}
        <div className={desk.actions}>
          <Button type="submit" loading={save.isPending}>
            {t('clubDesk.programme.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('clubDesk.leave')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
