import { IconChartLine } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shell } from '~/app/shellRoute'
import { texts } from '~/i18n'

export const forecastRoom = {
  name: 'forecast',
  path: '/forecast',
  icon: IconChartLine,
  module: 'forecast',
  needs: ['forecast.read'],
} as const

/** The state of a page is its address; each page reads the words it knows. */
export type ForecastSearch = Record<string, string | undefined>

const common = {
  getParentRoute: () => shell,
  validateSearch: (search: Record<string, unknown>) => search as ForecastSearch,
  loader: texts('forecast'),
}

export const forecastRoutes = [
  createRoute({
    ...common,
    path: '/forecast',
    component: lazyRouteComponent(() => import('./map/MapPage'), 'MapPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/series',
    component: lazyRouteComponent(() => import('./series/SeriesListPage'), 'SeriesListPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/series/$id',
    component: lazyRouteComponent(() => import('./series/SeriesPage'), 'SeriesPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/lab',
    component: lazyRouteComponent(() => import('./lab/LabPage'), 'LabPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/lab/new',
    component: lazyRouteComponent(() => import('./lab/NewRunPage'), 'NewRunPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/lab/compare',
    component: lazyRouteComponent(() => import('./lab/ComparePage'), 'ComparePage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/lab/jobs/$id',
    component: lazyRouteComponent(() => import('./lab/JobPage'), 'JobPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/lab/models/$id',
    component: lazyRouteComponent(() => import('./lab/ModelPage'), 'ModelPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/loads',
    component: lazyRouteComponent(() => import('./loads/LoadsPage'), 'LoadsPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/loads/new',
    component: lazyRouteComponent(() => import('./loads/NewLoadPage'), 'NewLoadPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/loads/$id',
    component: lazyRouteComponent(() => import('./loads/LoadPage'), 'LoadPage'),
  }),
  createRoute({
    ...common,
    path: '/forecast/developers',
    component: lazyRouteComponent(() => import('./developers/DevelopersPage'), 'DevelopersPage'),
  }),
] as const
