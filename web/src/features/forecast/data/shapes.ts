import type { components } from '~/api/schema'

type Schemas = components['schemas']

/** The host writes every field, also those that its description marks as optional. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> }
    : T

/** A shape of the API, with the words that a text field of it can hold. */
type Shape<Name extends keyof Schemas, Words = object> = Omit<Whole<Schemas[Name]>, keyof Words> & Words

export interface Page<T> {
  items: T[]
  nextCursor?: string | null
}

export type Step = 'hour' | 'day'
export type IndexWord = 'good' | 'fair' | 'moderate' | 'poor' | 'very-poor' | 'extremely-poor'

export type Series = Shape<'SeriesView', { step: Step; index: IndexWord | null }>
export type Value = Shape<'ValueView'>
export type Values = Shape<'ValueList', { step: Step }>
export type Unusual = Shape<'UnusualView', { step: Step }>
export type Correction = Shape<'Correction'>

export type Point = Shape<'PointView', { kind: 'model' | 'baseline' | 'climatology'; index: IndexWord | null }>
export type Prediction = Shape<'PredictionView', { step: Step; points: Point[] }>
export type Neighbour = Shape<'NeighbourView'>

export type ModelState = 'candidate' | 'refused' | 'promoted' | 'retired'
export type Parameters = Shape<'ModelParameters'>
export type Model = Shape<'ModelView', { state: ModelState; step: Step }>
export type Card = Shape<'Card'>
export type Coverage = Shape<'Coverage'>

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type Job = Shape<'JobView', { kind: 'train' | 'test'; state: JobState }>
export type Trial = Shape<'Trial'>

export type Load = Shape<'LoadView', { state: JobState }>
export type Report = Shape<'QualityReport'>

export type Source = Shape<'SourceView', { kind: 'csv' | 'openaq' | 'logs' }>
export type SourceRequest = Schemas['SourceRequest']

/** How the columns of a table become values of series; what is not said comes from the preset or the host's defaults. */
export type Mapping = Schemas['Mapping']
