import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './Loads.module.css'
import { type Aggregate, aggregates, type Draft, faultsOf, type Preset, presets } from './mapping'
import type { Table } from './table'
import { zones } from './zones'

interface Props {
  table: Table
  draft: Draft
  onChange: (draft: Draft) => void
}

/** How the columns become series: a preset where the file is a known one, else by hand. */
export function MappingForm({ table, draft, onChange }: Props) {
  const { t } = useTranslation()
  const change = (patch: Partial<Draft>) => onChange({ ...draft, ...patch })
  const faults = faultsOf(draft)
  const columns = [...new Set(table.header.filter(name => name !== ''))]
  const isOwn = draft.preset === 'own'
  return (
    <div className={styles.mapping}>
      <Select
        label={t('forecast.loads.preset')}
        description={t(`forecast.loads.presetAbout.${draft.preset}`)}
        allowDeselect={false}
        data={presets.map(value => ({ value, label: t(`forecast.loads.presets.${value}`) }))}
        value={draft.preset}
        onChange={preset => preset && change({ preset: preset as Preset })}
      />
      {(isOwn || draft.preset === 'long') && (
        <>
          <Select
            label={t('forecast.loads.zone')}
            description={t('forecast.loads.zoneAbout')}
            searchable
            allowDeselect={false}
            limit={60}
            data={zones(draft.zone)}
            value={draft.zone}
            onChange={zone => zone && change({ zone })}
          />
          <Select
            label={t('forecast.list.step')}
            description={t('forecast.loads.stepAbout')}
            allowDeselect={false}
            data={(['hour', 'day'] as const).map(value => ({ value, label: t(`forecast.step.${value}`) }))}
            value={draft.step}
            onChange={step => step && change({ step: step as Draft['step'] })}
          />
        </>
      )}
      {isOwn && (
        <>
          <Select
            label={t('forecast.loads.aggregate')}
            description={t(`forecast.loads.aggregateAbout.${draft.aggregate}`)}
            allowDeselect={false}
            data={aggregates.map(value => ({ value, label: t(`forecast.loads.aggregates.${value}`) }))}
            value={draft.aggregate}
            onChange={aggregate => aggregate && change({ aggregate: aggregate as Aggregate })}
          />
          <Select
            label={t('forecast.loads.time')}
            description={t('forecast.loads.timeAbout')}
            allowDeselect={false}
            data={columns}
            value={draft.time || null}
            error={faults.includes('time') && t('forecast.loads.fault.time')}
            onChange={time =>
              change({ time: time ?? '', values: draft.values.filter(({ column }) => column !== time) })
            }
          />
          <Select
            label={t('forecast.loads.stationColumn')}
            description={t('forecast.loads.stationColumnAbout')}
            clearable
            data={columns}
            value={draft.stationColumn || null}
            onChange={column =>
              change({ stationColumn: column ?? '', values: draft.values.filter(value => value.column !== column) })
            }
          />
          {draft.stationColumn === '' && (
            <TextInput
              label={t('forecast.station')}
              description={t('forecast.loads.stationAbout')}
              value={draft.station}
              error={faults.includes('station') && t('forecast.loads.fault.station')}
              onChange={event => change({ station: event.currentTarget.value })}
            />
          )}
          <TextInput
            label={t('forecast.loads.latitude')}
            description={t('forecast.loads.placeAbout')}
            inputMode="decimal"
            value={draft.latitude}
            error={faults.includes('place') && t('forecast.loads.fault.place')}
            onChange={event => change({ latitude: event.currentTarget.value })}
          />
          <TextInput
            label={t('forecast.loads.longitude')}
            description={t('forecast.loads.placeAbout')}
            inputMode="decimal"
            value={draft.longitude}
            onChange={event => change({ longitude: event.currentTarget.value })}
          />
          <MultiSelect
            className={styles.whole}
            label={t('forecast.loads.values')}
            description={t('forecast.loads.valuesAbout')}
            searchable
            data={columns.filter(name => name !== draft.time && name !== draft.stationColumn)}
            value={draft.values.map(({ column }) => column)}
            error={faults.includes('values') && t('forecast.loads.fault.values')}
            onChange={names =>
              change({
                values: names.map(
                  column => draft.values.find(value => value.column === column) ?? { column, unit: '' },
                ),
              })
            }
          />
          {draft.values.map(({ column, unit }) => (
            <TextInput
              key={column}
              label={t('forecast.loads.unitOf', { column })}
              placeholder={t('forecast.loads.unitExample')}
              value={unit}
              onChange={event => {
                const next = event.currentTarget.value
                change({
                  values: draft.values.map(value => (value.column === column ? { column, unit: next } : value)),
                })
              }}
            />
          ))}
        </>
      )}
    </div>
  )
}
