/** What the calls of the room give and take. */

export type Step = 'hour' | 'day'
export type IndexWord = 'good' | 'fair' | 'moderate' | 'poor' | 'very-poor' | 'extremely-poor'

export interface Page<T> {
  items: T[]
  nextCursor?: string | null
}

export interface Series {
  id: number
  key: string
  station: string
  measure: string
  unit: string
  step: Step
  zone: string
  latitude: number | null
  longitude: number | null
  rows: number
  firstAt: string | null
  lastAt: string | null
  lastValue: number | null
  index: IndexWord | null
}

export interface Values {
  unit: string
  step: Step
  values: Value[]
}

export interface Value {
  at: string
  value: number
  corrected: boolean
}

/** A step whose value was replaced; the last version stands. */
export interface Correction {
  at: string
  versions: { value: number; loadedAt: string; load: string | null }[]
}

export interface Prediction {
  series: string
  unit: string
  step: Step
  /** The last value that is known; the prediction looks ahead from there. */
  dataUntil: string
  level: number
  /** Null when no model is promoted and a baseline answers. */
  model: AnsweringModel | null
  /** Steps ahead that were validated. */
  validatedHorizon: number
  points: Point[]
  /** How the intervals fared in the model's test; null for baselines. */
  measured: MeasuredCoverage | null
  explanation: Explanation | null
  warnings: { code: string; message: string }[]
}

export interface AnsweringModel {
  id: string
  name: string
  version: number
  primary: string
  trainedFrom: string
  trainedUntil: string
  bestBaseline: string
  promoted: boolean
}

export interface Point {
  at: string
  /** 1 = the first after the last value. */
  step: number
  value: number
  lower: number | null
  upper: number | null
  kind: 'model' | 'baseline' | 'climatology'
  answeredBy: string
  baselines: Record<string, number>
  index: IndexWord | null
}

export interface MeasuredCoverage {
  level: number
  coverage: number
  outcomes: number
  /** Of outcomes above the exceedance: a warning, no target. */
  high: number | null
  exceedance: number
  worstMonth: number
}

export interface Explanation {
  /** The step that is explained. */
  at: string
  neighbours: Neighbour[]
}

/** A past situation like the present one. */
export interface Neighbour {
  from: string
  station: string
  distance: number
  weight: number
  outcome: number | null
}

export interface Skill {
  share: number
  lower: number
  upper: number
}

export type ModelState = 'candidate' | 'refused' | 'promoted' | 'retired'

export interface Model {
  id: string
  name: string
  version: number
  state: ModelState
  measure: string
  series: string[]
  horizon: number
  step: Step
  passed: boolean
  parameters: Parameters
  /** Null in lists. */
  card: Card | null
  summary: Summary
  hash: string
  trainedUntil: string
  actor: string
  createdAt: string
  promotedFor: string[]
}

export interface Summary {
  primary: string
  mae: number
  bestBaseline: string
  baselineMae: number
  /** Lower end of the 95 % interval of 1 - mae / baselineMae. */
  skillLower: number
  coverage: number
}

export interface Parameters {
  algorithm: string
  search: string
  horizon: number
  k: number
  metric: string
  p: number | null
  weights: string
  lags: number
  olderLags: number[]
  transform: string
  features: string[]
  featureWeights: string
  strategy: string
  combine: string
  loss: string
  level: number
  exceedance: number | null
  originEvery: number
  asOf: string | null
  seed: number
}

export interface Card {
  primary: string
  trainedFrom: string
  trainedUntil: string
  testedFrom: string
  origins: number
  trainingRows: number
  features: string[]
  search: string
  scores: ModelScore[]
  bestBaseline: string
  skillOverBest: Skill
  parts: { from: number; to: number; baseline: string; skill: Skill; answeredBy: string }[]
  coverage: Coverage
  weights: { from: number; to: number; weights: Record<string, number> }[]
  gate: Gate
  dataHash: string
}

export interface ModelScore {
  model: string
  all: { count: number; mae: number; rmse: number; bias: number; mase: number }
  steps: { step: number; mae: number; rmse: number }[]
  places: { place: string; mae: number; rmse: number; mase: number }[]
}

export interface Coverage {
  level: number
  all: IntervalScore
  high: IntervalScore | null
  exceedance: number
  worstMonth: number
  steps: { step: number; coverage: number; width: number }[]
  places: { place: string; coverage: number; width: number }[]
  levels?: { level: number; coverage: number; count: number }[]
}

export interface IntervalScore {
  count: number
  coverage: number
  missedBelow: number
  missedAbove: number
  width: number
  winkler: number
}

export interface Gate {
  passed: boolean
  reasons: string[]
}

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Job {
  id: string
  kind: 'train' | 'test'
  state: JobState
  progress: number
  phase: string | null
  model: string | null
  /** Of a test that is done. */
  card: Card | null
  /** Of a test of several parameters: the best first. */
  trials: Trial[] | null
  failure: Failure | null
  actor: string
  createdAt: string
  finishedAt: string | null
}

export interface Trial {
  parameters: Parameters
  mae: number
  rmse: number
  coverage: number
}

export interface Failure {
  code: string
  message: string
}

export interface Load {
  id: string
  name: string
  state: JobState
  progress: number
  bytes: number | null
  rows: number
  added: number
  unchanged: number
  corrected: number
  rejected: number
  missing: number
  rejectCounts: Record<string, number>
  rejects: { line: number; field: string | null; code: string; message: string }[]
  failure: Failure | null
  report: Report | null
  actor: string
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

export interface Report {
  series: SeriesQuality[]
  warnings: string[]
}

export interface SeriesQuality {
  series: string
  values: number
  expected: number
  shareMissing: number
  gaps: number
  longestGap: number
  longestGapAt: string | null
  outliers: { at: string; value: number; usual: number }[]
  outlierCount: number
  flatRuns: number
  levelShift: { at: string; factor: number } | null
}

export interface Source {
  id: number
  name: string
  kind: 'csv' | 'openaq'
  url: string
  mapping: Mapping
  everyMinutes: number | null
  overlapHours: number
  knownUntil: string | null
  nextAt: string | null
}

export interface SourceRequest {
  name?: string
  kind: Source['kind']
  url: string
  secret?: string
  mapping?: Mapping
  everyMinutes?: number
  overlapHours?: number
}

/** How the columns of a table become values of series; what is not said comes from the preset or the host's defaults. */
export interface Mapping {
  preset?: string
  delimiter?: string
  time?: { column?: string; format?: string; year?: string; month?: string; day?: string; hour?: string }
  zone?: string
  step?: Step
  stationColumn?: string
  station?: string
  latitude?: number
  longitude?: number
  values?: { column: string; measure?: string; unit?: string }[]
  measureColumn?: string
  valueColumn?: string
  unitColumn?: string
}
