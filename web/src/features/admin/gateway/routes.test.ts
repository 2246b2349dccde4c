import { expect, it } from 'vitest'
import { type Route, routeOf, routesOf, textOfUpstreams, upstreamsOf, withRoute } from './routes'

const weather: Route = { name: 'weather', path: '/weather', upstreams: [{ address: 'http://a:1' }], corsOrigins: ['x'] }

it('A route is added, changed and taken out, and the others stay', () => {
  const one = withRoute({ routes: [] }, null, weather)
  const two = withRoute(one, null, { ...weather, name: 'news', path: '/news' })
  expect(routesOf(two).map(({ name }) => name)).toEqual(['weather', 'news'])
  const renamed = withRoute(two, 'weather', { ...weather, name: 'sky' })
  expect(routesOf(renamed).map(({ name }) => name)).toEqual(['sky', 'news'])
  expect(routesOf(withRoute(renamed, 'sky', null)).map(({ name }) => name)).toEqual(['news'])
})

it('What else a document holds stays in it', () => {
  expect(withRoute({ routes: [], later: 1 }, null, weather)).toMatchObject({ later: 1 })
})

it('Of a draft with faults, what can be shown is shown', () => {
  expect(routesOf({ routes: 'none' })).toEqual([])
  expect(routesOf(null)).toEqual([])
  expect(routesOf({ routes: [1, null, { name: 'sky', upstreams: {} }] })).toEqual([
    { name: 'sky', path: '', upstreams: [] },
  ])
})

it('Upstreams are read from lines and written back the same', () => {
  const upstreams = upstreamsOf(' http://a:1 90 v1\n\nhttps://b/x 10 new one\nhttp://c')
  expect(upstreams).toEqual([
    { address: 'http://a:1', weight: 90, label: 'v1' },
    { address: 'https://b/x', weight: 10, label: 'new one' },
    { address: 'http://c' },
  ])
  expect(upstreamsOf(textOfUpstreams(upstreams))).toEqual([
    ...upstreams.slice(0, 2),
    { address: 'http://c', weight: 100 },
  ])
})

it('A form changes what it shows and keeps the rest', () => {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    name: 'weather',
    path: '/w',
    hosts: 'a.example, b.example',
    methods: 'get',
    upstreams: 'http://a:1 100',
    retries: '2',
    cacheSeconds: '0',
    firstByteMs: '1000',
    health: '/up',
    stripPath: 'on',
  }))
    form.set(name, value)
  expect(routeOf(form, weather)).toMatchObject({
    path: '/w',
    hosts: ['a.example', 'b.example'],
    methods: ['GET'],
    anonymous: false,
    stripPath: true,
    permission: null,
    corsOrigins: ['x'],
    health: { path: '/up' },
    timeouts: { firstByteMs: 1000 },
  })
})
