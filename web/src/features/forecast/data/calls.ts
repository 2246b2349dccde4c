import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '~/api/client'
import type {
  Correction,
  Job,
  Load,
  Mapping,
  Model,
  Page,
  Prediction,
  Series,
  Source,
  SourceRequest,
  Unusual,
  Values,
} from './shapes'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Query = Record<string, string | number | undefined>

/** One call of the room; files go as forms, everything else as JSON. */
export function ask<T>(method: Method, path: string, query: Query = {}, body?: unknown, signal?: AbortSignal) {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  return call<T>(answerOf(method, `/api/forecast${path}${search}`, body, signal))
}

async function answerOf(method: Method, address: string, body: unknown, signal: AbortSignal | undefined) {
  const isForm = body instanceof FormData
  const response = await fetch(address, {
    method,
    signal: signal ?? null,
    ...(body !== undefined && {
      body: isForm ? body : JSON.stringify(body),
      ...(!isForm && { headers: { 'Content-Type': 'application/json' } }),
    }),
  })
  const text = await response.text()
  const value: unknown = text && /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : undefined
  return response.ok ? { data: value as never, response } : { error: value, response }
}

/** Runs that nobody here began, such as those of a schedule, come up in a list by asking. */
const idleMs = 30_000

export const isOpen = ({ state }: Pick<Job, 'state'>) => state === 'waiting' || state === 'running'

export const seriesQuery = queryOptions({
  queryKey: ['forecast', 'series'],
  queryFn: async ({ signal }) => (await ask<Page<Series>>('GET', '/series', {}, undefined, signal)).items,
})

export const valuesQuery = (series: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['forecast', 'values', series, from, to],
    queryFn: ({ signal }) =>
      ask<Values>('GET', `/series/${encodeURIComponent(series)}/values`, { from, to }, undefined, signal),
    placeholderData: keepPreviousData,
  })

/** What was usual for each step, and what was not. */
export const unusualQuery = (series: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['forecast', 'unusual', series, from, to],
    queryFn: ({ signal }) =>
      ask<Unusual>('GET', `/series/${encodeURIComponent(series)}/unusual`, { from, to }, undefined, signal),
    placeholderData: keepPreviousData,
  })

export const correctionsQuery = (series: string) =>
  queryOptions({
    queryKey: ['forecast', 'corrections', series],
    queryFn: ({ signal }) =>
      ask<Correction[]>('GET', `/series/${encodeURIComponent(series)}/corrections`, { limit: 200 }, undefined, signal),
  })

export const predictionQuery = (series: string, horizon: number, level: number, neighbours = 6) =>
  queryOptions({
    queryKey: ['forecast', 'prediction', series, horizon, level, neighbours],
    queryFn: ({ signal }) => ask<Prediction>('POST', '/predict', {}, { series, horizon, level, neighbours }, signal),
    placeholderData: keepPreviousData,
  })

export const predictAt = (series: string, at: string, level: number) =>
  ask<Prediction>('POST', '/predict', {}, { series, at, level })

export const modelsQuery = queryOptions({
  queryKey: ['forecast', 'models'],
  queryFn: async ({ signal }) => (await ask<Page<Model>>('GET', '/models', { limit: 200 }, undefined, signal)).items,
})

export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ['forecast', 'models', id],
    queryFn: ({ signal }) => ask<Model>('GET', `/models/${id}`, {}, undefined, signal),
  })

export const jobsQuery = queryOptions({
  queryKey: ['forecast', 'jobs'],
  queryFn: ({ signal }) => ask<Page<Job>>('GET', '/jobs', { limit: 50 }, undefined, signal),
  refetchInterval: idleMs,
})

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['forecast', 'jobs', id],
    queryFn: ({ signal }) => ask<Job>('GET', `/jobs/${id}`, {}, undefined, signal),
  })

export const train = (request: object) => ask<{ id: string }>('POST', '/models', {}, request)
export const cancelJob = (id: string) => ask<void>('POST', `/jobs/${id}/cancel`)
export const promote = (id: string) => ask<Model>('POST', `/models/${id}/promote`, {}, {})
export const rollBack = (series: string) => ask<Model>('POST', `/series/${encodeURIComponent(series)}/rollback`)

export function test(request: object, file: File | null, mapping: Mapping | null) {
  if (!file) return ask<{ id: string }>('POST', '/tests', {}, request)
  const form = new FormData()
  form.set('request', JSON.stringify(request))
  if (mapping) form.set('mapping', JSON.stringify(mapping))
  form.set('file', file)
  return ask<{ id: string }>('POST', '/tests', {}, form)
}

export const loadsQuery = queryOptions({
  queryKey: ['forecast', 'loads'],
  queryFn: ({ signal }) => ask<Page<Load>>('GET', '/loads', { limit: 100 }, undefined, signal),
  refetchInterval: idleMs,
})

export const loadQuery = (id: string) =>
  queryOptions({
    queryKey: ['forecast', 'loads', id],
    queryFn: ({ signal }) => ask<Load>('GET', `/loads/${id}`, {}, undefined, signal),
  })

export function upload(file: File, mapping: Mapping) {
  const form = new FormData()
  // Before the file, so that the host knows what the rows mean when they arrive.
  form.set('mapping', JSON.stringify(mapping))
  form.set('file', file)
  return ask<{ id: string }>('POST', '/loads', {}, form)
}

export const cancelLoad = (id: string) => ask<void>('POST', `/loads/${id}/cancel`)

export const sourcesQuery = queryOptions({
  queryKey: ['forecast', 'sources'],
  queryFn: ({ signal }) => ask<Source[]>('GET', '/sources', {}, undefined, signal),
})

/** Makes the source, or changes the one of this name. */
export const putSource = (source: SourceRequest) => ask<Source>('PUT', '/sources', {}, source)
export const removeSource = (id: number) => ask<void>('DELETE', `/sources/${id}`)
/** Reads what a stored source has that is new. */
export const loadSource = (name: string) => ask<{ id: string }>('POST', '/loads', {}, { source: name })
/** Stores a source without a schedule and reads it. */
export const loadFrom = (from: SourceRequest) => ask<{ id: string }>('POST', '/loads', {}, { from })
