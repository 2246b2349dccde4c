import { Button, Skeleton } from '@mantine/core'
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { IconButton } from '~/ui/IconButton'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { loadSource, removeSource, sourcesQuery } from '../data/calls'
import type { Source } from '../data/shapes'
import { BecauseOf } from '../parts/Because'
import { Panel } from '../parts/Panel'
import table from '../parts/Table.module.css'
import { Warned } from '../parts/Warned'
import styles from './Loads.module.css'

/** Addresses that are read again and again, and when next. */
export function Sources() {
  const { t } = useTranslation()
  const sources = useQuery(sourcesQuery)
  return (
    <Panel title={t('forecast.sources.title')} about={t('forecast.sources.about')}>
      {sources.isError ? (
        <ProblemNotice problem={sources.error} onRetry={() => void sources.refetch()} />
      ) : sources.isPending ? (
        <Skeleton height={80} />
      ) : sources.data.length === 0 ? (
        <p className={styles.quiet}>{t('forecast.sources.none')}</p>
      ) : (
        <SourceRows sources={sources.data} />
      )}
    </Panel>
  )
}

function SourceRows({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation()
  const may = useMay()
  const time = useTimeFormat()
  const navigate = useNavigate()
  const queries = useQueryClient()
  // Forgetting is asked for twice: the schedule is nowhere else.
  const [asked, setAsked] = useState<number | null>(null)
  const run = useMutation({
    mutationFn: loadSource,
    onSuccess: ({ id }) => void navigate({ to: '/forecast/loads/$id', params: { id }, search: {} }),
  })
  const remove = useMutation({
    mutationFn: removeSource,
    onSettled: () => queries.invalidateQueries({ queryKey: ['forecast', 'sources'] }),
  })
  const wrong = run.error ?? remove.error
  return (
    <>
      {wrong && (
        <Warned tone="bad">
          <BecauseOf error={wrong} />
        </Warned>
      )}
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('forecast.sources.name')}</th>
              <th scope="col">{t('forecast.sources.every')}</th>
              <th scope="col">{t('forecast.sources.known')}</th>
              <th scope="col">{t('forecast.sources.next')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('forecast.sources.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map(source => (
              <tr key={source.id}>
                <th scope="row" className={table.wide}>
                  {source.name}
                  <div className={table.quiet}>{source.url}</div>
                </th>
                <td>
                  {source.everyMinutes
                    ? t('forecast.sources.minutes', { count: source.everyMinutes })
                    : t('forecast.sources.asked')}
                </td>
                <td>{source.knownUntil ? time.short(Date.parse(source.knownUntil)) : '–'}</td>
                <td>{source.nextAt ? time.short(Date.parse(source.nextAt)) : '–'}</td>
                <td className={table.figure}>
                  {may('forecast.write') && (
                    <IconButton
                      label={t('forecast.sources.runNow', { name: source.name })}
                      icon={IconPlayerPlay}
                      onClick={() => run.mutate(source.name)}
                    />
                  )}
                  {may('forecast.manage') &&
                    (asked === source.id ? (
                      <Button
                        size="compact-xs"
                        color="red"
                        onClick={() => remove.mutate(source.id)}
                        onBlur={() => setAsked(null)}
                      >
                        {t('forecast.sources.reallyForget')}
                      </Button>
                    ) : (
                      <IconButton
                        label={t('forecast.sources.forget', { name: source.name })}
                        icon={IconTrash}
                        onClick={() => setAsked(source.id)}
                      />
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
