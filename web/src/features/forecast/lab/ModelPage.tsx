import { Button, Skeleton } from '@mantine/core'
import { IconArrowBackUp, IconCopyPlus, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { modelQuery, promote, rollBack } from '../data/calls'
import type { Model } from '../data/shapes'
import { BecauseOf } from '../parts/Because'
import { Frame } from '../parts/Frame'
import { State } from '../parts/State'
import { Warned } from '../parts/Warned'
import { CardView } from './CardView'
import styles from './Lab.module.css'

// Only a model that answers or answered is watched.
const DriftPanel = lazy(() => import('./DriftPanel'))

/** The card of a model, and whether it may answer. */
export function ModelPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/shell/forecast/lab/models/$id' })
  const model = useQuery(modelQuery(id))
  const time = useTimeFormat()
  const now = model.data
  if (!now)
    return (
      <Frame title={t('forecast.model')}>
        {model.isError ? (
          <ProblemNotice problem={model.error} onRetry={() => void model.refetch()} />
        ) : (
          <Skeleton height={420} />
        )}
      </Frame>
    )
  return (
    <Frame
      title={`${now.name} v${now.version}`}
      about={t('forecast.lab.modelAbout', {
        who: now.actor,
        time: time.long(Date.parse(now.createdAt)),
        until: time.day(Date.parse(now.trainedUntil)),
      })}
      tools={<ModelTools model={now} />}
    >
      <div className={styles.parts}>
        {(now.state === 'promoted' || now.drift.length > 0) && (
          <Suspense fallback={<Skeleton height={120} />}>
            <DriftPanel model={now} />
          </Suspense>
        )}
        {now.card && <CardView card={now.card} parameters={now.parameters} model={now} />}
      </div>
    </Frame>
  )
}

function ModelTools({ model }: { model: Model }) {
  const { t } = useTranslation()
  const may = useMay()
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: ['forecast'] })
  const promotion = useMutation({ mutationFn: () => promote(model.id), onSuccess: changed })
  const back = useMutation({
    mutationFn: async () => {
      for (const series of model.promotedFor) await rollBack(series)
    },
    onSettled: changed,
  })
  const wrong = promotion.error ?? back.error
  return (
    <>
      <State state={model.state} />
      {may('forecast.write') && (
        <Button
          variant="default"
          leftSection={<IconCopyPlus size={16} aria-hidden />}
          renderRoot={props => <Link to="/forecast/lab/new" search={{ like: model.id }} {...props} />}
        >
          {t('forecast.lab.likeThis')}
        </Button>
      )}
      {may('forecast.manage') && model.state === 'promoted' && (
        <Button
          variant="default"
          loading={back.isPending}
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => back.mutate()}
        >
          {t('forecast.lab.rollBack')}
        </Button>
      )}
      {may('forecast.manage') && model.state !== 'promoted' && (
        <Button
          loading={promotion.isPending}
          leftSection={<IconRosetteDiscountCheck size={16} aria-hidden />}
          onClick={() => promotion.mutate()}
        >
          {t('forecast.lab.promote')}
        </Button>
      )}
      {wrong && (
        <div className={styles.answer}>
          <Warned tone="bad" title={t('forecast.lab.notDone')}>
            <BecauseOf error={wrong} />
          </Warned>
        </div>
      )}
    </>
  )
}
