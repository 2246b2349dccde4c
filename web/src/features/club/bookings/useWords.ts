import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { cityOf, momentText } from '../times'
import type { Booking } from '../types'
import { standingOf } from './standing'

interface Words {
  status: string
  title: string
  text: string
  /** What becomes of points or money meanwhile. */
  aside: string | null
}

/** What a member is told of his booking, in his language: the state, what happens next, and where his points or money are. */
export function useWords(booking: Booking, returned: boolean): Words {
  const { t } = useTranslation()
  const { points, money, moment, locale } = useClubFormat()
  const standing = standingOf(booking)
  /** By the clock of the place, as every message says it; the city is named where there is one. */
  const promiseText = (by: string) => {
    const zone = booking.timeZone
    if (!zone) return moment(by)
    return t('club.booking.placeTime', { start: momentText(by, Date.now(), zone, locale), city: cityOf(zone) })
  }
  const what = booking.what === 'item' ? 'item' : 'place'
  const isPoints = booking.pay === 'points'
  const amount = isPoints
    ? t('club.price.points', { count: booking.points ?? 0, points: points(booking.points ?? 0) })
    : money(booking.amount ?? 0, booking.currency ?? '')
  const status = t(`club.status.${standing}`)

  switch (standing) {
    case 'securing':
    case 'asking': {
      const by = booking.promise && promiseText(booking.promise.by)
      return {
        status,
        title: t(`club.told.${standing}.${what}`),
        text: by ? t('club.told.promise', { by }) : t('club.told.soon'),
        aside: isPoints
          ? t('club.told.heldPoints', { amount })
          : booking.state === 'requested'
            ? null
            : t('club.told.heldMoney', { amount }),
      }
    }
    case 'paying':
      return returned
        ? {
            status: t('club.status.securing'),
            title: t('club.told.checking.title'),
            text: t('club.told.checking.text'),
            aside: null,
          }
        : { status, title: t('club.told.paying.title'), text: t('club.told.paying.text', { amount }), aside: null }
    case 'confirmed':
      return {
        status,
        title: t(`club.told.confirmed.${what}`),
        text: t(what === 'item' ? 'club.told.collect' : 'club.told.welcome'),
        aside: t(isPoints ? 'club.told.spentPoints' : 'club.told.spentMoney', { amount }),
      }
    case 'returning':
      return { status, title: t('club.told.returning.title'), text: t('club.told.returning.text'), aside: null }
    case 'person':
      return { status, title: t('club.told.person.title'), text: t('club.told.person.text'), aside: null }
    case 'cancelled':
      return {
        status,
        title: t('club.told.cancelled.title'),
        text: booking.confirmedAt
          ? t(isPoints ? 'club.told.returnPoints' : 'club.told.returnMoney', { amount })
          : t(isPoints ? 'club.told.backPoints' : 'club.told.backMoney', { amount }),
        aside: null,
      }
    default:
      return {
        status,
        title: t(`club.told.${standing}.title`),
        text: t(`club.told.${standing}.text`),
        aside: t(isPoints ? 'club.told.backPoints' : 'club.told.backMoney', { amount }),
      }
  }
}
