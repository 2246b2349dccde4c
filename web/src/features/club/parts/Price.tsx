import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'

interface Priced {
  pricePoints: number | null
  priceMinor: number | null
  currency: string
}

/** 600 points or SGD 180.00; only what it is sold for. */
export function Price({ of: { pricePoints, priceMinor, currency } }: { of: Priced }) {
  const { t } = useTranslation()
  const { points, money } = useClubFormat()
  const inPoints =
    pricePoints !== null ? t('club.price.points', { count: pricePoints, points: points(pricePoints) }) : null
  const inMoney = priceMinor !== null ? money(priceMinor, currency) : null
  return inPoints && inMoney ? t('club.price.either', { points: inPoints, money: inMoney }) : (inPoints ?? inMoney)
}
