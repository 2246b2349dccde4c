import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import type { Card, Model } from '../data/shapes'
import { bestOf } from './best'
import { useFigures } from './useFigures'
import { useParameterText } from './useParameterText'

export type Carded = Model & { card: Card }

export interface Row {
  name: string
  cells: string[]
  differs: boolean
  /** Which is best; null where none can be. */
  best: number | null
}

export function useCompareRows(models: readonly Carded[]): { name: string; rows: Row[] }[] {
  const { t } = useTranslation()
  const { percent } = useNumberFormat()
  const { error, skill } = useFigures()
  const textOf = useParameterText()
  const scoreOf = ({ card }: Carded, model: string) => card.scores.find(score => score.model === model)?.all
  const ownOf = (model: Carded) => model.card.served ?? scoreOf(model, model.card.primary)
  const row = (
    name: string,
    of: (model: Carded) => number | undefined,
    write: (value: number) => string,
    wanted: 'low' | 'high' | number,
  ): Row => {
    const values = models.map(of)
    const cells = values.map(value => (value === undefined ? '–' : write(value)))
    return { name, cells, differs: new Set(cells).size > 1, best: bestOf(values, wanted) }
  }
  const text = (name: string, cells: string[]): Row => ({ name, cells, differs: new Set(cells).size > 1, best: null })
  const baselines = [...new Set(models.flatMap(({ card }) => card.scores.map(score => score.model)))].filter(name =>
    models.some(({ card }) => card.primary !== name),
  )
  const parameters = models.map(model => new Map(textOf(model.parameters)))
  const fields = [...new Set(parameters.flatMap(one => [...one.keys()]))]
  const level = models[0]?.card.coverage.level ?? 0.9
  return [
    {
      name: t('forecast.compare.errors'),
      rows: [
        row(t('forecast.mae'), model => ownOf(model)?.mae, error, 'low'),
        row(t('forecast.rmse'), model => ownOf(model)?.rmse, error, 'low'),
        row(t('forecast.mase'), model => ownOf(model)?.mase ?? undefined, error, 'low'),
        row(t('forecast.verdict.skill'), model => model.card.skillOverBest.share, skill, 'high'),
        text(
          t('forecast.lab.bestBaseline'),
          models.map(({ card }) => card.bestBaseline),
        ),
      ],
    },
    {
      name: t('forecast.compare.intervals'),
      rows: [
        row(t('forecast.coverage'), model => model.card.coverage.all.coverage, percent, level),
        row(t('forecast.cover.width'), model => model.card.coverage.all.width, error, 'low'),
        row(t('forecast.compare.winkler'), model => model.card.coverage.all.winkler, error, 'low'),
        row(t('forecast.cover.worst'), model => model.card.coverage.worstMonth, percent, level),
      ],
    },
    {
      name: t('forecast.compare.others'),
      rows: baselines
        .map(name => row(name, model => scoreOf(model, name)?.mae, error, 'low'))
        .map(one => ({ ...one, best: null })),
    },
    {
      name: t('forecast.compare.parameters'),
      rows: fields.map(field =>
        text(
          field,
          parameters.map(one => one.get(field) ?? '–'),
        ),
      ),
    },
  ]
}
