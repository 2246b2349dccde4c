import type { components } from './schema'

type Schemas = components['schemas']

export type Session = Schemas['SignedIn']
export type PlatformStatus = Schemas['HealthNodeStatus']
export type LogRecord = Schemas['LogRecord']
export type SearchResult = Schemas['SearchResult']
export type QueryStats = Schemas['QueryStats']
export type Histogram = Schemas['Histogram']
export type FieldSummary = Schemas['FieldSummary']
export type FieldValue = Schemas['FieldValue']
