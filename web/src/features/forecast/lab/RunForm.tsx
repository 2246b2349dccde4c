import { Button, MultiSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { test, train } from '../data/calls'
import type { Mapping, Series } from '../data/shapes'
import { BecauseOf } from '../parts/Because'
import { Choice } from '../parts/Choice'
import { Panel } from '../parts/Panel'
import { Warned } from '../parts/Warned'
import { AttachedFile } from './AttachedFile'
import { Features, FigureField, WordField } from './Fields'
import styles from './Lab.module.css'
import { faultsOf, partnersOf, requestOf, restepped, type Setup, usesNeighbours } from './setup'

interface Props {
  all: readonly Series[]
  begin: Setup
}

const modes = ['train', 'test', 'file'] as const

/** What to run, on what: every choice with what it means and a value that is right for most. */
export function RunForm({ all, begin }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [mode, setMode] = useState<(typeof modes)[number]>('train')
  const [setup, setSetup] = useState(begin)
  const [attached, setAttached] = useState<{ file: File; mapping: Mapping; measure: string } | null>(null)
  const faults = faultsOf(setup).filter(fault => fault !== 'series' || mode !== 'file')
  const change = (patch: Partial<Setup>) => setSetup({ ...setup, ...patch })
  const choose = (series: string[]) => {
    const step = all.find(one => one.key === series[0])?.step
    const before = all.find(one => one.key === setup.series[0])?.step ?? 'hour'
    setSetup({ ...(step && step !== before ? restepped(setup, step) : setup), series })
  }
  const start = useMutation({
    mutationFn: () => {
      const request = requestOf(setup)
      if (mode === 'train') return train(request)
      if (mode === 'test') return test(request, null, null)
      const { series: _, ...rest } = request
      return test(
        { ...rest, ...(attached?.measure && { measure: attached.measure }) },
        attached?.file ?? null,
        attached?.mapping ?? null,
      )
    },
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['forecast', 'jobs'] })
      void navigate({ to: '/forecast/lab/jobs/$id', params: { id }, search: {} })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start.mutate()
  }
  const fields = { setup, change, faults }
  const isReady = faults.length === 0 && (mode !== 'file' || attached !== null)
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.fields}>
        <Panel title={t('forecast.lab.what')}>
          <div className={styles.grid}>
            <div className={styles.whole}>
              <Choice
                label={t('forecast.lab.mode')}
                value={mode}
                options={modes.map(value => ({ value, text: t(`forecast.lab.modes.${value}`) }))}
                onChange={setMode}
              />
              <p className={styles.help}>{t(`forecast.lab.modeHelp.${mode}`)}</p>
            </div>
            {mode === 'file' ? (
              <AttachedFile onChange={setAttached} />
            ) : (
              <MultiSelect
                className={styles.whole}
                label={t('forecast.lab.field.series')}
                description={t('forecast.lab.help.series')}
                placeholder={setup.series.length === 0 ? t('forecast.lab.chooseSeries') : ''}
                searchable
                clearable
                limit={200}
                maxValues={50}
                data={partnersOf(all, setup.series).map(({ key }) => key)}
                value={setup.series}
                onChange={choose}
              />
            )}
            {mode === 'train' && (
              <TextInput
                label={t('forecast.lab.field.name')}
                description={t('forecast.lab.help.name')}
                maxLength={100}
                value={setup.name}
                onChange={event => change({ name: event.currentTarget.value })}
              />
            )}
            <FigureField field="horizon" {...fields} />
            <FigureField field="level" {...fields} />
          </div>
        </Panel>
        <Panel title={t('forecast.lab.how')} about={t('forecast.lab.howAbout')}>
          <div className={styles.grid}>
            <WordField field="algorithm" {...fields} />
            {usesNeighbours(setup) && (
              <>
                <FigureField field="k" {...fields} />
                <WordField field="metric" {...fields} />
                {setup.metric === 'minkowski' && <FigureField field="p" {...fields} />}
                <WordField field="weights" {...fields} />
                <WordField field="search" {...fields} />
                <WordField field="featureWeights" {...fields} />
                <WordField field="strategy" {...fields} />
                <WordField field="combine" {...fields} />
              </>
            )}
          </div>
        </Panel>
        <Panel title={t('forecast.lab.looks')} about={t('forecast.lab.looksAbout')}>
          <div className={styles.grid}>
            <FigureField field="lags" {...fields} />
            <WordField field="transform" {...fields} />
            <WordField field="loss" {...fields} />
            <FigureField field="originEvery" {...fields} />
            <FigureField field="seed" {...fields} />
            <Features chosen={setup.features} onChange={features => change({ features })} />
          </div>
        </Panel>
      </div>
      <aside className={styles.start}>
        <Panel title={t('forecast.lab.start')}>
          <p className={styles.quiet}>{t(`forecast.lab.startAbout.${mode}`)}</p>
          {faults.length > 0 && (
            <p className={styles.help}>
              {t('forecast.lab.mend', { fields: faults.map(field => t(`forecast.lab.field.${field}`)).join(', ') })}
            </p>
          )}
          {start.isError && (
            <Warned tone="bad">
              <BecauseOf error={start.error} />
            </Warned>
          )}
          <Button type="submit" fullWidth mt="md" loading={start.isPending} disabled={!isReady}>
            {t(`forecast.lab.go.${mode}`)}
          </Button>
        </Panel>
      </aside>
    </form>
  )
}
