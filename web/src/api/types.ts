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
export type ApiKey = Schemas['Key']
export type Plan = Schemas['PlanView']
export type Revision = Schemas['ConfigurationView']
export type Job = Schemas['OperatorDeskJobRow']
export type ParkedDelivery = Schemas['OperatorDeskParkedRow']
export type AuditEntry = Schemas['AuditView']
