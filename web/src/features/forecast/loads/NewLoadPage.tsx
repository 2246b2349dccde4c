import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { useMay } from '~/app/session'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { upload } from '../data/calls'
import { BecauseOf } from '../parts/Because'
import { Choice } from '../parts/Choice'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { Warned } from '../parts/Warned'
import { FilePicker } from './FilePicker'
import styles from './Loads.module.css'
import { MappingForm } from './MappingForm'
import { Preview } from './Preview'
import { SourceForm } from './SourceForm'
import { useFile } from './useFile'

/** From a file or from a source: looked at first, then loaded. */
export function NewLoadPage() {
  const { t } = useTranslation()
  const may = useMay()
  const [from, setFrom] = useState<'file' | 'source'>('file')
  if (!may('forecast.write'))
    return (
      <Frame title={t('forecast.loads.new')}>
        <ProblemNotice problem={new Problem(403, 'forbidden', '')} />
      </Frame>
    )
  return (
    <Frame
      title={t('forecast.loads.new')}
      about={t('forecast.loads.newAbout')}
      tools={
        <Choice
          label={t('forecast.loads.from')}
          value={from}
          options={(['file', 'source'] as const).map(value => ({ value, text: t(`forecast.loads.fromWhat.${value}`) }))}
          onChange={setFrom}
        />
      }
    >
      {from === 'file' ? <FileLoad /> : <SourceForm />}
    </Frame>
  )
}

function FileLoad() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { file, table, draft, unreadable, pick, change, mapping } = useFile()
  const load = useMutation({
    mutationFn: ({ given, how }: { given: File; how: NonNullable<typeof mapping> }) => upload(given, how),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['forecast', 'loads'] })
      void navigate({ to: '/forecast/loads/$id', params: { id }, search: {} })
    },
  })
  return (
    <div className={styles.parts}>
      <Panel title={t('forecast.loads.file')}>
        <FilePicker file={file} onPick={picked => void pick(picked)} />
        {unreadable && <Warned tone="bad">{t('forecast.loads.unreadable')}</Warned>}
      </Panel>
      {file && table && draft && (
        <Panel title={t('forecast.loads.mapping')} about={t('forecast.loads.mappingAbout')}>
          <MappingForm table={table} draft={draft} onChange={change} />
          <div className={styles.below}>
            <Preview table={table} draft={draft} isComplete={mapping !== null} />
          </div>
          {load.isError && (
            <div className={styles.below}>
              <Warned tone="bad" title={t('forecast.loads.notTaken')}>
                <BecauseOf error={load.error} />
              </Warned>
            </div>
          )}
          <Button
            mt="md"
            loading={load.isPending}
            disabled={mapping === null}
            onClick={() => mapping && load.mutate({ given: file, how: mapping })}
          >
            {t('forecast.loads.start')}
          </Button>
        </Panel>
      )}
    </div>
  )
}
