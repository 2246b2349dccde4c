import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { loadFrom, putSource } from '../data/calls'
import type { Source, SourceRequest } from '../data/shapes'
import { BecauseOf } from '../parts/Because'
import { Panel } from '../parts/Panel'
import { Warned } from '../parts/Warned'
import styles from './Loads.module.css'

const kinds = ['csv', 'openaq', 'logs'] as const
const everyChoices = ['', '15', '60', '360', '1440']

/** Where values come from again and again: an address, how its tables read, how often. */
export function SourceForm() {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [kind, setKind] = useState<Source['kind']>('csv')
  const [given, setGiven] = useState({ name: '', url: '', station: '', preset: 'long', every: '', secret: '' })
  const change = (patch: Partial<typeof given>) => setGiven({ ...given, ...patch })
  const request: SourceRequest = {
    kind,
    ...(kind !== 'logs' && { url: given.url.trim() }),
    ...(given.name.trim() && { name: given.name.trim() }),
    ...(kind === 'openaq' && { mapping: { station: given.station.trim() } }),
    ...(kind === 'csv' && {
      mapping: { preset: given.preset, ...(given.station.trim() && { station: given.station.trim() }) },
    }),
    ...(given.every && { everyMinutes: Number(given.every) }),
    ...(kind !== 'logs' && given.secret.trim() && { secret: given.secret.trim() }),
  }
  const save = useMutation({
    mutationFn: async () => (given.every ? putSource(request) : loadFrom(request)),
    onSuccess: async made => {
      await queries.invalidateQueries({ queryKey: ['forecast'] })
      if (typeof made.id === 'string') void navigate({ to: '/forecast/loads/$id', params: { id: made.id }, search: {} })
      else void navigate({ to: '/forecast/loads' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Panel title={t('forecast.sources.new')} about={t('forecast.sources.newAbout')}>
      <form onSubmit={submit}>
        <div className={styles.mapping}>
          <Select
            label={t('forecast.sources.kind')}
            description={t(`forecast.sources.kindAbout.${kind}`)}
            allowDeselect={false}
            data={kinds.map(value => ({ value, label: t(`forecast.sources.kinds.${value}`) }))}
            value={kind}
            onChange={value => value && setKind(value as Source['kind'])}
          />
          {kind !== 'logs' && (
            <TextInput
              className={styles.whole}
              label={t('forecast.sources.url')}
              description={t('forecast.sources.urlAbout')}
              required
              value={given.url}
              onChange={event => change({ url: event.currentTarget.value })}
            />
          )}
          <TextInput
            label={t('forecast.sources.name')}
            description={t('forecast.sources.nameAbout')}
            value={given.name}
            onChange={event => change({ name: event.currentTarget.value })}
          />
          {kind === 'csv' && (
            <Select
              label={t('forecast.loads.preset')}
              description={t('forecast.sources.presetAbout')}
              allowDeselect={false}
              data={(['long', 'prsa', 'retail'] as const).map(value => ({
                value,
                label: t(`forecast.loads.presets.${value}`),
              }))}
              value={given.preset}
              onChange={preset => preset && change({ preset })}
            />
          )}
          {kind !== 'logs' && (
            <TextInput
              label={t('forecast.station')}
              description={t(kind === 'openaq' ? 'forecast.sources.stationOpenaq' : 'forecast.sources.stationCsv')}
              required={kind === 'openaq'}
              value={given.station}
              onChange={event => change({ station: event.currentTarget.value })}
            />
          )}
          {may('forecast.manage') && (
            <>
              <Select
                label={t('forecast.sources.every')}
                description={t('forecast.sources.everyAbout')}
                allowDeselect={false}
                data={everyChoices.map(value => ({
                  value,
                  label: value ? t('forecast.sources.minutes', { count: Number(value) }) : t('forecast.sources.once'),
                }))}
                value={given.every}
                onChange={every => change({ every: every ?? '' })}
              />
              {kind !== 'logs' && (
                <TextInput
                  label={t('forecast.sources.secret')}
                  description={t('forecast.sources.secretAbout')}
                  value={given.secret}
                  onChange={event => change({ secret: event.currentTarget.value })}
                />
              )}
            </>
          )}
        </div>
        {save.isError && (
          <div className={styles.below}>
            <Warned tone="bad">
              <BecauseOf error={save.error} />
            </Warned>
          </div>
        )}
        <Button type="submit" mt="md" loading={save.isPending} disabled={kind !== 'logs' && given.url.trim() === ''}>
          {t(given.every ? 'forecast.sources.schedule' : 'forecast.sources.load')}
        </Button>
      </form>
    </Panel>
  )
}
