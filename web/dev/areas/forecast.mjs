// Made-up series, models and loads of the forecast room. MOCK_EMPTY=1 gives a room nobody has loaded anything into.
export const permissions = ['forecast.read', 'forecast.write', 'forecast.manage']
export const modules = ['forecast']

const hour = 3_600_000
const end = Date.parse('2017-02-28T23:00:00Z')
const places = {
  Aotizhongxin: [39.982, 116.397], Changping: [40.217, 116.23], Dingling: [40.292, 116.22], Dongsi: [39.929, 116.417],
  Guanyuan: [39.929, 116.339], Gucheng: [39.914, 116.184], Nongzhanguan: [39.937, 116.461], Shunyi: [40.127, 116.655], Tiantan: [39.886, 116.407],
}
const bandsOf = { 'PM2.5': [10, 20, 25, 50, 75], PM10: [20, 40, 50, 100, 150], NO2: [40, 90, 120, 230, 340], O3: [50, 100, 130, 240, 380] }
const words = ['good', 'fair', 'moderate', 'poor', 'very-poor', 'extremely-poor']
const indexOf = (measure, value) => {
  const ends = bandsOf[measure]
  if (!ends || value == null) return null
  const at = ends.findIndex(most => value <= most)
  return words[at < 0 ? 5 : at]
}
const noise = n => { const x = Math.sin(n * 12.9898) * 43758.5453; return x - Math.floor(x) }
const level = { 'PM2.5': 60, PM10: 95, NO2: 50, O3: 55, TEMP: 6, revenue: 42000, units: 15000, requests: 2200 }
const unitOf = { 'PM2.5': 'ug/m3', PM10: 'ug/m3', NO2: 'ug/m3', O3: 'ug/m3', TEMP: 'C', revenue: 'GBP', units: 'pieces', requests: 'records' }

const series = []
const add = (station, measure, step, latitude = null, longitude = null, zone = 'Asia/Shanghai') =>
  series.push({ id: series.length + 1, key: `${measure}@${station}`, station, measure, unit: unitOf[measure], step, zone, latitude, longitude })
if (process.env.MOCK_EMPTY !== '1') {
  for (const [name, [lat, lon]] of Object.entries(places)) for (const m of ['PM2.5', 'PM10', 'NO2', 'O3', 'TEMP']) add(name, m, 'hour', lat, lon)
  for (const name of ['All countries', 'United Kingdom', 'France', 'Germany']) for (const m of ['revenue', 'units']) add(name, m, 'day', null, null, 'Europe/London')
  add('web', 'requests', 'hour', null, null, 'UTC')
}
const stepMs = s => (s.step === 'day' ? 24 * hour : hour)
const lastOf = s => (s.step === 'day' ? Date.parse('2011-12-09T00:00:00Z') : end)
function valueAt(s, at) {
  const n = Math.round(at / stepMs(s))
  if (s.id % 3 === 1 && n % 421 < 9) return null
  const slow = Math.sin(n / (s.step === 'day' ? 3 : 31) + s.id) + 0.7 * Math.sin(n / (s.step === 'day' ? 11 : 97) + s.id * 2)
  const daily = s.step === 'day' ? (n % 7 === 2 ? -1 : 0.3) : Math.sin((n % 24) / 24 * 2 * Math.PI) * 0.35
  const base = level[s.measure]
  if (s.measure === 'TEMP') return Math.round((base + 8 * daily + 5 * slow + noise(n + s.id)) * 10) / 10
  return Math.max(2, Math.round(base * Math.exp(0.75 * slow + daily - 0.4 + 0.25 * (noise(n + 99 * s.id) - 0.5))))
}
const known = s => {
  const last = lastOf(s)
  const value = valueAt(s, last)
  return { ...s, rows: 35064, firstAt: '2013-02-28T16:00:00Z', lastAt: new Date(last).toISOString(), lastValue: value, index: indexOf(s.measure, value) }
}
function predict(s, horizon, lvl) {
  const last = lastOf(s)
  const z = { 0.5: 0.67, 0.8: 1.28, 0.9: 1.64, 0.95: 1.96, 0.99: 2.58 }[lvl] ?? 1.64
  const top = s.step === 'day' ? 14 : 24
  const points = Array.from({ length: horizon }, (_, i) => {
    const at = last + (i + 1) * stepMs(s)
    const value = valueAt({ ...s, id: s.id * 3 + 2 }, at) ?? level[s.measure]
    const spread = (0.1 + 0.07 * Math.sqrt(i)) * z * Math.abs(value)
    return { at: new Date(at).toISOString(), step: i + 1, value, lower: Math.max(s.measure === 'TEMP' ? -40 : 0, value - spread), upper: value + spread * 1.3, index: indexOf(s.measure, value), kind: i >= top ? 'climatology' : i < 1 || s.measure !== 'PM2.5' ? 'baseline' : 'model', answeredBy: i >= top ? 'climatology' : i < 1 || s.measure !== 'PM2.5' ? 'persistence' : 'ensemble', baselines: { persistence: valueAt(s, last) ?? 0 } }
  })
  const beyond = horizon > top
  const isModel = s.measure === 'PM2.5'
  return {
    series: s.key, unit: s.unit, step: s.step, dataUntil: new Date(last).toISOString(), level: lvl, validatedHorizon: isModel ? top : 0,
    model: isModel ? { id: 'm2', name: 'PM2.5 next day', version: 2, primary: 'ensemble', trainedFrom: '2013-03-08T00:00:00Z', trainedUntil: '2017-03-01T00:00:00Z', bestBaseline: 'persistence', promoted: true } : null,
    points, measured: isModel ? { level: 0.9, coverage: 0.896, outcomes: 41876, high: 0.819, exceedance: 150, worstMonth: 0.847 } : null,
    explanation: isModel ? { at: points.at(-1).at, neighbours: Array.from({ length: 6 }, (_, i) => {
      const from = last - (40 + i * 53) * 24 * hour
      return { from: new Date(from).toISOString(), station: i % 2 ? 'Dongsi' : s.station, distance: 2.1 + i * 0.4, weight: 0.26 - i * 0.035, outcome: valueAt(s, from + horizon * stepMs(s)) }
    }) } : null,
    warnings: [...(isModel ? [] : [{ code: 'no-model', message: 'No model is promoted for this series: a baseline answers.' }]), ...(beyond ? [{ code: 'beyond-validated-horizon', message: `Only the first ${top} steps were validated; what lies beyond is what is usual at that time of the year.` }] : [])],
  }
}
const score = (model, mae) => ({
  model, all: { count: 41876, mae, rmse: mae * 1.72, bias: -2.1, mase: mae / 60 },
  steps: Array.from({ length: 24 }, (_, i) => ({ step: i + 1, mae: model === 'persistence' ? 8 + 12 * Math.sqrt(i) : 9 + (mae / 4.3) * Math.sqrt(i), rmse: 20 + 9 * Math.sqrt(i) })),
  places: Object.keys(places).map((place, i) => ({ place, mae: mae + i - 4, rmse: mae * 1.7, mase: (mae + i - 4) / 60 })),
})
const interval = c => ({ count: 41876, coverage: c, missedBelow: (1 - c) * 0.49, missedAbove: (1 - c) * 0.51, width: 154.2, winkler: 207.3 })
const card = passed => ({
  primary: passed ? 'ensemble' : 'neighbours', trainedFrom: '2013-03-08T00:00:00Z', trainedUntil: '2017-03-01T00:00:00Z', testedFrom: '2016-03-01T00:00:00Z', origins: 13140, trainingRows: 51660,
  features: ['lag 1', 'lag 2', 'lag 24', 'mean 24', 'hour sin', 'hour cos', 'weekend', 'TEMP last', 'DEWP last', 'WSPM mean 24'], search: 'Brute',
  scores: [score(passed ? 'ensemble' : 'neighbours', passed ? 38.03 : 41.9), score('ridge', 38.4), ...(passed ? [score('neighbours', 40.2)] : []), score('exponential smoothing', 44.4), score('persistence', 40.68), score('seasonal naive 24', 56.61), score('seasonal naive 168', 78.16)],
  bestBaseline: 'persistence', skillOverBest: passed ? { share: 0.065, lower: 0.041, upper: 0.089 } : { share: -0.03, lower: -0.051, upper: -0.008 },
  parts: [{ from: 1, to: 1, baseline: 'persistence', skill: { share: -0.11, lower: -0.15, upper: -0.08 }, answeredBy: 'persistence' }, { from: 2, to: 6, baseline: 'persistence', skill: { share: passed ? 0.04 : -0.02, lower: passed ? 0.02 : -0.05, upper: 0.06 }, answeredBy: passed ? 'ensemble' : 'persistence' }, { from: 7, to: 24, baseline: 'persistence', skill: { share: passed ? 0.09 : -0.03, lower: passed ? 0.06 : -0.05, upper: 0.11 }, answeredBy: passed ? 'ensemble' : 'persistence' }],
  coverage: { level: 0.9, all: interval(passed ? 0.896 : 0.871), high: interval(0.819), exceedance: 150, worstMonth: 0.847, steps: Array.from({ length: 24 }, (_, i) => ({ step: i + 1, coverage: 0.89 + 0.012 * Math.sin(i), width: 40 + 30 * Math.sqrt(i) })), places: Object.keys(places).map((place, i) => ({ place, coverage: 0.885 + i * 0.003, width: 140 + i * 4 })) },
  weights: [{ from: 1, to: 6, weights: { persistence: 0.4, 'seasonal naive 24': 0.05, 'exponential smoothing': 0.05, ridge: 0.3, neighbours: 0.2 } }, { from: 7, to: 24, weights: { persistence: 0.1, 'seasonal naive 24': 0.05, 'exponential smoothing': 0.05, ridge: 0.45, neighbours: 0.35 } }],
  gate: passed ? { passed: true, reasons: [] } : { passed: false, reasons: ['It does not beat persistence beyond chance: skill -3.0 %, 95 % interval -5.1 % to -0.8 %.', 'Its 90 % interval covered 87.1 % of 41876 outcomes.'] },
  dataHash: 'd3b07384d113edec49eaa6238ad5ff00c6f1b7d2c8b4b8f4f7a3d5e2a1b0c9d8',
})
const keys = Object.keys(places).map(name => `PM2.5@${name}`)
const parameters = passed => ({ algorithm: passed ? 'ensemble' : 'knn', search: 'auto', horizon: 24, k: passed ? 60 : 5, metric: 'euclidean', p: null, weights: passed ? 'distance' : 'uniform', lags: 24, olderLags: [48, 168], transform: passed ? 'log' : 'none', features: ['calendar', 'means', 'gaps', 'pollutants', 'weather', 'region'], featureWeights: 'learned', strategy: 'whole', combine: 'mean', loss: 'absolute', level: 0.9, exceedance: null, originEvery: 6, asOf: null, seed: 1 })
const modelOf = (id, version, passed, promoted) => {
  const of = card(passed)
  return { id, name: 'PM2.5 next day', version, state: promoted ? 'promoted' : passed ? 'candidate' : 'refused', measure: 'PM2.5', series: keys, horizon: 24, step: 'hour', passed, parameters: parameters(passed), summary: { primary: of.primary, mae: of.scores[0].all.mae, bestBaseline: 'persistence', baselineMae: 40.68, skillLower: of.skillOverBest.lower, coverage: of.coverage.all.coverage }, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', trainedUntil: '2017-03-01T00:00:00Z', createdAt: `2026-11-${20 + version}T09:12:00Z`, actor: 'Ada Moretti', promotedFor: promoted ? keys : [] }
}
const models = process.env.MOCK_EMPTY === '1' ? [] : [modelOf('m2', 2, true, true), modelOf('m1', 1, false, false)]
const jobs = process.env.MOCK_EMPTY === '1' ? [] : [
  { id: 'j1', kind: 'train', state: 'done', progress: 1, phase: null, model: 'm2', card: null, trials: null, failure: null, actor: 'Ada Moretti', createdAt: '2026-11-22T09:10:00Z', finishedAt: '2026-11-22T09:12:00Z' },
  { id: 'j0', kind: 'train', state: 'failed', progress: 0.1, phase: null, model: null, card: null, trials: null, failure: { code: 'data-too-short', message: 'There are 12 days of usable past; a model and its test need more.' }, actor: 'Ada Moretti', createdAt: '2026-11-21T09:10:00Z', finishedAt: '2026-11-21T09:10:04Z' },
]
const report = { series: Object.keys(places).map((name, i) => ({ series: `PM2.5@${name}`, values: 34139 - i * 70, expected: 35064, shareMissing: 0.026 + i * 0.004, gaps: 412 + i, longestGap: 59 + i, longestGapAt: '2014-05-12T04:00:00Z', outliers: [{ at: '2016-02-08T00:00:00Z', value: 941, usual: 212 }], outlierCount: 3 + i, flatRuns: i === 2 ? 1 : 0, levelShift: i === 4 ? { at: '2016-06-01T00:00:00Z', factor: 0.001 } : null })), warnings: ['PM2.5@Guanyuan: the level changes by a factor of 0.001 at 2016-06-01. Was the unit changed?', 'PM2.5@Dingling: the value stands still for a day or more 1 times. Is the sensor stuck?'] }
const loadOf = (id, name, state, more = {}) => ({ id, name, state, progress: state === 'done' ? 1 : 0, bytes: 2_734_112, rows: 35064, added: 412_000, unchanged: 0, corrected: 12, rejected: 37, missing: 9204, rejectCounts: { 'value-impossible': 25, 'time-malformed': 12 }, rejects: Array.from({ length: 37 }, (_, i) => ({ line: 120 + i * 811, field: i % 3 ? 'PM2.5' : 'hour', code: i % 3 ? 'value-impossible' : 'time-malformed', message: i % 3 ? `PM2.5 is ${-5 - i}, which is below 0.` : '"25" is no hour.' })), failure: null, report, actor: 'Ada Moretti', createdAt: '2026-11-21T08:00:00Z', startedAt: '2026-11-21T08:00:01Z', finishedAt: state === 'done' ? '2026-11-21T08:00:09Z' : null, ...more })
const loads = process.env.MOCK_EMPTY === '1' ? [] : [
  loadOf('l2', 'PRSA_Data_Dongsi_20130301-20170228.csv', 'done'),
  loadOf('l1', 'openaq Madrid', 'failed', { failure: { code: 'source-unreachable', message: 'The source did not answer within 30 seconds, three times.' }, rows: 0, added: 0, corrected: 0, rejected: 0, rejects: [], rejectCounts: {}, report: null }),
]
const sources = process.env.MOCK_EMPTY === '1' ? [] : [{ id: 1, name: 'openaq Madrid', kind: 'openaq', url: 'https://api.openaq.org/v3/sensors/4276/hours?datetime_from={from}', mapping: { station: 'Escuelas Aguirre' }, everyMinutes: 60, overlapHours: 48, knownUntil: '2026-11-21T07:00:00Z', nextAt: '2026-11-21T09:00:00Z' }]
const bare = load => ({ ...load, rejects: [], report: null })

// Work goes on as long as somebody looks at it.
function goOn(list) {
  for (const one of list.filter(({ state }) => state === 'waiting' || state === 'running')) {
    one.state = 'running'
    one.progress = Math.min(1, one.progress + 0.12)
    one.phase = one.progress < 0.8 ? 'rolling backtest' : 'last fit'
    if (one.progress < 1) continue
    Object.assign(one, { state: 'done', finishedAt: new Date().toISOString() })
    if (one.kind === 'train') {
      const passed = (one.request?.k ?? 0) >= 15
      const id = `m${models.length + 1}`
      models.unshift({ ...modelOf(id, models.length + 1, passed, false), name: one.request.name ?? 'PM2.5 24 hours' })
      one.model = id
    } else if (one.kind === 'test') one.card = card(true)
  }
}

export function answer({ method, path, query, body }) {
  if (!path.startsWith('/api/forecast')) return
  goOn(jobs)
  goOn(loads)
  const what = `${method} ${path.slice('/api/forecast'.length)}`
  const id = decodeURIComponent(path.split('/')[4] ?? '')
  const found = (one, as = x => x) => (one ? { body: as(one) } : { status: 404, body: { status: 404, code: 'not-found', detail: 'There is no such thing here.' } })
  if (what === 'GET /series') return { body: { items: series.map(known), nextCursor: null } }
  if (/^GET \/series\/.+\/corrections$/.test(what)) return { body: [] }
  if (/^GET \/series\/.+\/values$/.test(what)) {
    const s = series.find(one => one.key === id || String(one.id) === id)
    if (!s) return found(null)
    const values = []
    for (let at = Math.ceil(Date.parse(query.get('from')) / stepMs(s)) * stepMs(s); at <= Math.min(Date.parse(query.get('to')), lastOf(s)); at += stepMs(s)) {
      const value = valueAt(s, at)
      if (value === null) continue
      const n = Math.round(at / stepMs(s))
      values.push({ at: new Date(at).toISOString(), value, corrected: n % 97 === 3 })
    }
    return { body: { unit: s.unit, step: s.step, series: s.key, values } }
  }
  if (what === 'POST /predict') {
    const s = series.find(one => one.key === body.series)
    if (!s) return { status: 404, body: { status: 404, code: 'series-unknown', detail: `There is no series "${body.series}".` } }
    body.level ??= 0.9
    body.horizon ??= s.step === 'day' ? 14 : 24
    if (!body.at) return { body: predict(s, body.horizon, body.level) }
    const steps = Math.max(1, Math.round((Date.parse(body.at) - lastOf(s)) / stepMs(s)))
    const near = predict(s, Math.min(steps, 400), body.level)
    return { body: { ...near, points: [{ ...near.points.at(-1), at: body.at, step: steps }] } }
  }
  if (what === 'GET /models') return { body: { items: models, nextCursor: null } }
  if (what === 'POST /models' || what === 'POST /tests') {
    const kind = what === 'POST /models' ? 'train' : 'test'
    const asked = typeof body === 'string' ? {} : body
    const job = { id: `j${Date.now()}`, kind, state: 'waiting', progress: 0, phase: null, model: null, card: null, trials: null, failure: null, actor: 'Ada Moretti', createdAt: new Date().toISOString(), finishedAt: null, request: asked }
    jobs.unshift(job)
    return { status: 202, body: { id: job.id, state: 'waiting' } }
  }
  if (/^GET \/models\/[^/]+$/.test(what)) return found(models.find(m => m.id === id), m => ({ ...m, card: card(m.passed) }))
  if (/\/promote$/.test(what)) {
    const model = models.find(m => m.id === id)
    if (!model) return found(null)
    if (!model.passed) return { status: 409, body: { status: 409, code: 'gate-refused', detail: `It is not promoted: ${card(false).gate.reasons.join(' ')} It was compared with persistence.`, reasons: card(false).gate.reasons, baseline: 'persistence', skill: card(false).skillOverBest } }
    for (const one of models) if (one === model || one.state === 'promoted') Object.assign(one, { state: one === model ? 'promoted' : 'retired', promotedFor: one === model ? keys : [] })
    return { body: { ...model, card: card(true) } }
  }
  if (/\/rollback$/.test(what)) return { status: 204 }
  if (what === 'GET /jobs') return { body: { items: jobs, nextCursor: null } }
  if (/^GET \/jobs\/[^/]+$/.test(what)) return found(jobs.find(j => j.id === id))
  if (/\/cancel$/.test(what)) {
    const one = [...jobs, ...loads].find(j => j.id === id)
    if (one) Object.assign(one, { state: 'cancelled', finishedAt: new Date().toISOString() })
    return { status: 204 }
  }
  if (what === 'GET /loads') return { body: { items: loads.map(bare), nextCursor: null } }
  if (what === 'POST /loads') {
    loads.unshift(loadOf(`l${Date.now()}`, 'upload.csv', 'waiting'))
    return { status: 202, body: { id: loads[0].id } }
  }
  if (/^GET \/loads\/[^/]+$/.test(what)) return found(loads.find(l => l.id === id))
  if (what === 'GET /sources') return { body: sources }
  if (what === 'PUT /sources') {
    sources.push({ id: sources.length + 1, overlapHours: 48, everyMinutes: null, knownUntil: null, nextAt: null, ...body, name: body.name || body.url })
    return { body: sources.at(-1) }
  }
  if (/^DELETE \/sources\/\d+$/.test(what)) {
    sources.splice(sources.findIndex(one => one.id === Number(id)), 1)
    return { status: 204 }
  }
}
