import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { useClubFormat } from '../format'
import { Button } from '../parts/Button'
import { useReason } from '../parts/reason'
import { Sheet } from '../parts/Sheet'
import { meQuery } from '../queries'
import type { Pay } from '../types'
import styles from './OrderSheet.module.css'
import { PayChoice } from './PayChoice'
import { payOf } from './pay'
import type { useOrder } from './useOrder'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  /** When and for how many, in words. */
  details: readonly string[]
  points: number | null
  minor: number | null
  currency: string
  order: ReturnType<typeof useOrder>
  onPlace: (pay: Pay) => void
}

/** What is about to be booked, how it is paid, and one button. */
export function OrderSheet({ open, onClose, title, details, points, minor, currency, order, onPlace }: Props) {
  const { t } = useTranslation()
  const format = useClubFormat()
  const reason = useReason()
  const { data: me } = useQuery(meQuery)
  const [wanted, setWanted] = useState<Pay | null>(null)
  const pay = payOf(wanted, points, minor, me?.points.available)
  const { problem } = order
  const short = problem instanceof Problem && ['not-enough-points', 'points-limited'].includes(problem.code)
  const choose = (next: Pay) => {
    setWanted(next)
    order.reset()
  }
  return (
    <Sheet open={open} title={t('club.order.title')} onClose={onClose}>
      <div className={styles.summary}>
        <p className={styles.what}>{title}</p>
        {details.map(detail => (
          <p key={detail} className={styles.detail}>
            {detail}
          </p>
        ))}
      </div>
      <PayChoice pay={pay} points={points} minor={minor} currency={currency} me={me} onChoose={choose} />
      {problem && (
        <div className={styles.problem} role="alert">
          <p>{reason(problem)}</p>
          {short && minor !== null && (
            <Button look="bare" onClick={() => choose('card')}>
              {t('club.order.payByCard', { money: format.money(minor, currency) })}
            </Button>
          )}
        </div>
      )}
      <Button wide busy={order.isPending} disabled={pay === null} onClick={() => pay && onPlace(pay)}>
        {pay === 'card' && minor !== null
          ? t('club.order.card', { money: format.money(minor, currency) })
          : t('club.order.points', { count: points ?? 0, points: format.points(points ?? 0) })}
      </Button>
      <p className={styles.fine}>{pay === 'card' ? t('club.order.cardFine') : t('club.order.pointsFine')}</p>
    </Sheet>
  )
}
