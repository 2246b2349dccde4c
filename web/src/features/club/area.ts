import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { isMember, sessionQuery } from '~/app/session'
import { root } from '~/app/shellRoute'
import { texts } from '~/i18n'

interface SignInSearch {
  return?: string
  expired?: string
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const given = <T extends object>(pairs: T): T =>
  Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined)) as T

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/club/sign-in',
  validateSearch: (search: Record<string, unknown>): SignInSearch =>
    given({ return: text(search.return), expired: text(search.expired) }) as SignInSearch,
  loader: texts('club'),
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
})

/** Every page below it is a member's. People of the house have the desk instead. */
const club = createRoute({
  getParentRoute: () => root,
  id: 'club',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/club/sign-in', search: { return: location.href }, replace: true })
    if (!isMember(session)) throw redirect({ to: session.permissions.includes('club.read') ? '/club/desk' : '/' })
    return { session }
  },
  loader: texts('club'),
  component: lazyRouteComponent(() => import('./ClubShell'), 'ClubShell'),
})

const experiences = createRoute({
  getParentRoute: () => club,
  path: '/club',
  component: lazyRouteComponent(() => import('./experiences/ExperiencesPage'), 'ExperiencesPage'),
})

/** What a member has chosen so far: the page can be reloaded, sent on and gone back to. */
export interface ExperienceSearch {
  /** A day of the venue, yyyy-MM-dd. */
  date?: string
  tickets?: string
  /** A start as the venue's list gave it. */
  time?: string
}

const experience = createRoute({
  getParentRoute: () => club,
  path: '/club/experiences/$id',
  validateSearch: (search: Record<string, unknown>): ExperienceSearch =>
    given({ date: text(search.date), tickets: text(search.tickets), time: text(search.time) }) as ExperienceSearch,
  component: lazyRouteComponent(() => import('./experiences/ExperiencePage'), 'ExperiencePage'),
})

const items = createRoute({
  getParentRoute: () => club,
  path: '/club/items',
  component: lazyRouteComponent(() => import('./items/ItemsPage'), 'ItemsPage'),
})

const item = createRoute({
  getParentRoute: () => club,
  path: '/club/items/$id',
  component: lazyRouteComponent(() => import('./items/ItemPage'), 'ItemPage'),
})

interface BookingSearch {
  /** Back from the card page, paid; which proves nothing. */
  paid?: string
  /** Back from the card page without paying. */
  back?: string
}

const booking = createRoute({
  getParentRoute: () => club,
  path: '/club/bookings/$id',
  validateSearch: (search: Record<string, unknown>): BookingSearch =>
    given({ paid: text(search.paid), back: text(search.back) }) as BookingSearch,
  component: lazyRouteComponent(() => import('./bookings/BookingPage'), 'BookingPage'),
})

const me = createRoute({
  getParentRoute: () => club,
  path: '/club/me',
  component: lazyRouteComponent(() => import('./me/MePage'), 'MePage'),
})

export const clubRoutes = [signIn, club.addChildren([experiences, experience, items, item, booking, me])] as const
