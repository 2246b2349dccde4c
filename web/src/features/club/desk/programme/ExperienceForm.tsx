import { Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import styles from '../curation/Curation.module.css'
import { CurationForm } from '../curation/CurationForm'
import { useDraft } from '../curation/useDraft'
import desk from '../Desk.module.css'
import { venuesQuery } from '../queries'
import type { Experience } from '../types'
import { useDeskAction } from '../useDeskAction'
import { bodyOf, type Draft, draftOf, type Fault, faultsOf, newDraft } from './draft'

interface Props {
  /** Null to make a new one. */
  experience: Experience | null
  onClose: () => void
}

/** The fields one types into. */
type Field = Exclude<keyof Draft, 'connector' | 'venue' | 'timeZone' | 'state' | 'pictures' | 'version'>

export function ExperienceForm({ experience, onClose }: Props) {
  const { t } = useTranslation()
  const save = useDeskAction(
    (draft: Draft) =>
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
  const { draft, shown, set, submit, typed } = useDraft<Draft, Fault>(
    experience ? draftOf(experience) : newDraft,
    faultsOf,
    save.mutate,
  )
  const field = (name: Field, fault?: Fault) => ({
    ...typed(name),
    label: t(`clubDesk.programme.field.${name}`),
    error: fault && shown.includes(fault) ? t(`clubDesk.programme.fault.${fault}`) : null,
  })
  return (
    <CurationForm
      title={experience ? experience.title : t('clubDesk.programme.add')}
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
    </CurationForm>
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
