import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import desk from '../Desk.module.css'
import { venuesQuery } from '../queries'
import type { Experience } from '../types'
import { useDeskAction } from '../useDeskAction'
import { bodyOf, type Draft, draftOf, type Fault, faultsOf, newDraft } from './draft'
import { PicturesField } from './PicturesField'
import styles from './Programme.module.css'
import { StateField } from './StateField'

interface Props {
  /** Null to make a new one. */
  experience: Experience | null
  onClose: () => void
}

/** The fields one types into. */
type Field = Exclude<keyof Draft, 'connector' | 'venue' | 'timeZone' | 'state' | 'pictures' | 'version'>

export function ExperienceForm({ experience, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(() => (experience ? draftOf(experience) : newDraft))
  const [shown, setShown] = useState<Fault[]>([])
  const save = useDeskAction(
    () =>
      experience
        ? call(
            api.PUT('/api/club/curation/experiences/{id}', {
              params: { path: { id: experience.id } },
              body: bodyOf(draft),
            }),
          )
        : call(api.POST('/api/club/curation/experiences', { body: bodyOf(draft) })),
    onClose,
  )
  const set = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const faults = faultsOf(draft)
    setShown(faults)
    if (faults.length === 0) save.mutate(undefined)
  }
  /** What every text field of the form has in common. */
  const field = (name: Field, fault?: Fault) => ({
    label: t(`clubDesk.programme.field.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
    error: fault && shown.includes(fault) ? t(`clubDesk.programme.fault.${fault}`) : null,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={<span className={desk.dialogTitle}>{experience ? experience.title : t('clubDesk.programme.add')}</span>}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={desk.form} onSubmit={submit} noValidate>
        <TextInput {...field('title', 'title')} maxLength={200} data-autofocus />
        <Textarea {...field('description')} rows={4} maxLength={10_000} />
        <div className={desk.pair}>
          <TextInput {...field('unit', 'unit')} maxLength={100} />
          <VenueField draft={draft} fault={shown.includes('venue')} onChange={set} />
        </div>
        <div className={desk.pair}>
          <TextInput {...field('points', 'price')} inputMode="numeric" />
          <div className={desk.pair}>
            <TextInput {...field('price')} inputMode="decimal" />
            <TextInput {...field('currency', 'currency')} maxLength={3} />
          </div>
        </div>
        <div className={desk.pair}>
          <TextInput {...field('ticketsMax', 'ticketsMax')} inputMode="numeric" />
          <TextInput {...field('leadMinutes', 'leadMinutes')} inputMode="numeric" />
        </div>
        <div className={desk.pair}>
          <TextInput {...field('shownFrom')} type="date" />
          <TextInput {...field('shownUntil', 'shownUntil')} type="date" />
        </div>
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

/** Houses as their booking systems tell them; the one that is linked stays when its system does not answer. */
function VenueField({
  draft,
  fault,
  onChange,
}: {
  draft: Draft
  fault: boolean
  onChange: (patch: Partial<Draft>) => void
}) {
  const { t } = useTranslation()
  const { data: venues = [] } = useQuery(venuesQuery)
  const key = ({ connector, venue }: { connector: string; venue: string }) => `${connector}\n${venue}`
  const linked = draft.venue !== '' && !venues.some(venue => key(venue) === key(draft))
  return (
    <label className={styles.select}>
      {t('clubDesk.programme.house')}
      <select
        value={draft.venue === '' ? '' : key(draft)}
        aria-invalid={fault || undefined}
        onChange={event => {
          const chosen = venues.find(venue => key(venue) === event.currentTarget.value)
          if (chosen)
            onChange({ connector: chosen.connector, venue: chosen.venue, timeZone: chosen.timeZone ?? draft.timeZone })
        }}
      >
        <option value="" disabled>
          {t('clubDesk.programme.choose')}
        </option>
        {linked && <option value={key(draft)}>{`${draft.connector} · ${draft.venue}`}</option>}
        {venues.map(venue => (
          <option key={key(venue)} value={key(venue)}>
            {`${venue.name} · ${venue.connector}`}
          </option>
        ))}
      </select>
      {fault && <span className={desk.problem}>{t('clubDesk.programme.fault.venue')}</span>}
    </label>
  )
}
