import type { Series, Step } from '../data/shapes'

/** The words the host knows, in the order they are offered; the first is what most should take. */
export const words = {
  algorithm: ['ensemble', 'knn', 'ridge', 'smoothing', 'seasonal-naive', 'persistence'],
  search: ['auto', 'brute', 'kd_tree', 'ball_tree'],
  metric: ['euclidean', 'manhattan', 'chebyshev', 'minkowski', 'cosine', 'dtw'],
  weights: ['distance', 'uniform', 'gaussian', 'tricube', 'epanechnikov', 'rank'],
  transform: ['log', 'none', 'asinh', 'level', 'level-additive'],
  features: ['calendar', 'means', 'gaps', 'pollutants', 'weather', 'region'],
  featureWeights: ['learned', 'none'],
  strategy: ['whole', 'direct', 'recursive'],
  combine: ['mean', 'median'],
  loss: ['absolute', 'squared'],
} as const

type Words = { [Field in Exclude<keyof typeof words, 'features'>]: (typeof words)[Field][number] }
export type Feature = (typeof words.features)[number]

/** What somebody has chosen for a run; figures are the text of their fields. */
export interface Setup extends Words {
  series: string[]
  name: string
  features: Feature[]
  horizon: string
  k: string
  p: string
  lags: string
  level: string
  originEvery: string
  seed: string
}

/** Sensible for the step of the series; the host has the same. */
export const setupFor = (step: Step, series: string[] = []): Setup => ({
  series,
  name: '',
  algorithm: 'ensemble',
  search: 'auto',
  metric: 'euclidean',
  weights: 'distance',
  transform: step === 'day' ? 'level' : 'log',
  features: [...words.features],
  featureWeights: 'learned',
  strategy: 'whole',
  combine: step === 'day' ? 'median' : 'mean',
  loss: 'absolute',
  horizon: step === 'day' ? '14' : '24',
  k: step === 'day' ? '15' : '60',
  p: '3',
  lags: step === 'day' ? '14' : '24',
  level: '0.9',
  originEvery: step === 'day' ? '1' : '6',
  seed: '1',
})

/** What depends on the step, for another step; everything else stays as it was chosen. */
export function restepped(setup: Setup, step: Step): Setup {
  const { horizon, k, lags, originEvery, transform, combine } = setupFor(step)
  return { ...setup, horizon, k, lags, originEvery, transform, combine }
}

export const bounds = {
  horizon: [1, 336],
  k: [1, 500],
  p: [1, 16],
  lags: [1, 336],
  level: [0.5, 0.99],
  originEvery: [1, 168],
  seed: [0, 2_147_483_647],
} as const

export type Figure = keyof typeof bounds

/** Neighbours answer, alone or among others. */
export const usesNeighbours = ({ algorithm }: Pick<Setup, 'algorithm'>) =>
  algorithm === 'knn' || algorithm === 'ensemble'

export const hasTree = ({ metric }: Pick<Setup, 'metric'>) => metric !== 'cosine' && metric !== 'dtw'

/** Fields whose value cannot be. */
export function faultsOf(setup: Setup): (Figure | 'series' | 'search')[] {
  const figures = (Object.keys(bounds) as Figure[]).filter(field => {
    if (!isUsed(setup, field)) return false
    const value = Number(setup[field])
    const [least, most] = bounds[field]
    const isWhole = field === 'level' || field === 'p' || Number.isInteger(value)
    return setup[field].trim() === '' || !isWhole || !(value >= least && value <= most)
  })
  return [
    ...(setup.series.length === 0 ? (['series'] as const) : []),
    ...figures,
    ...(usesNeighbours(setup) && !hasTree(setup) && (setup.search === 'kd_tree' || setup.search === 'ball_tree')
      ? (['search'] as const)
      : []),
  ]
}

const isUsed = (setup: Setup, field: Figure) =>
  field === 'k' ? usesNeighbours(setup) : field === 'p' ? usesNeighbours(setup) && setup.metric === 'minkowski' : true

/** The request: nothing that the chosen algorithm does not use. */
export function requestOf(setup: Setup): Record<string, unknown> {
  const near = usesNeighbours(setup)
  return {
    series: setup.series,
    ...(setup.name.trim() && { name: setup.name.trim() }),
    horizon: Number(setup.horizon),
    algorithm: setup.algorithm,
    ...(near && {
      search: setup.search,
      k: Number(setup.k),
      metric: setup.metric,
      ...(setup.metric === 'minkowski' && { p: Number(setup.p) }),
      weights: setup.weights,
      featureWeights: setup.featureWeights,
      strategy: setup.strategy,
      combine: setup.combine,
    }),
    lags: Number(setup.lags),
    transform: setup.transform,
    features: setup.features,
    loss: setup.loss,
    level: Number(setup.level),
    originEvery: Number(setup.originEvery),
    seed: Number(setup.seed),
  }
}

/** The parameters of an earlier model as a setup, to be changed and run again. */
export function setupOf(step: Step, series: string[], name: string, parameters: object): Setup {
  const setup = setupFor(step, series)
  const given = parameters as Record<string, unknown>
  for (const [field, value] of Object.entries(given)) {
    if (!(field in setup) || value === null) continue
    const known = words[field as keyof typeof words] as readonly string[] | undefined
    if (field === 'features') setup.features = words.features.filter(word => (value as string[]).includes(word))
    else if (known?.includes(String(value))) Object.assign(setup, { [field]: value })
    else if (field in bounds) Object.assign(setup, { [field]: String(value) })
  }
  return { ...setup, name }
}

/** Stations that can be trained together with the first: one measure on one step. */
export function partnersOf(all: readonly Series[], chosen: readonly string[]): Series[] {
  const first = all.find(one => one.key === chosen[0])
  return first ? all.filter(one => one.measure === first.measure && one.step === first.step) : [...all]
}
