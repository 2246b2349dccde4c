import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { Freshness } from '../parts/Freshness'
import type { MemberView, Pay } from '../types'
import styles from './OrderSheet.module.css'

interface Props {
  pay: Pay | null
  points: number | null
  minor: number | null
  currency: string
  me: MemberView | undefined
  onChoose: (pay: Pay) => void
}

export function PayChoice({ pay, points, minor, currency, me, onChoose }: Props) {
  const { t } = useTranslation()
  const format = useClubFormat()
  const name = useId()
  const short = points !== null && me !== undefined && me.points.available < points
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.legend}>{t('club.order.pay')}</legend>
      {points !== null && (
        <label className={styles.choice} data-closed={short || undefined}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={pay === 'points'}
            disabled={short}
            onChange={() => onChoose('points')}
          />
          <span className={styles.amount}>
            {t('club.price.points', { count: points, points: format.points(points) })}
          </span>
          <span className={styles.note}>
            {me && t(short ? 'club.order.short' : 'club.order.balance', { points: format.points(me.points.available) })}
            {me && me.points.state !== 'fresh' && (
              <Freshness what="points" state={me.points.state} asOf={me.points.asOf} />
            )}
          </span>
        </label>
      )}
      {minor !== null && (
        <label className={styles.choice}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={pay === 'card'}
            onChange={() => onChoose('card')}
          />
          <span className={styles.amount}>{format.money(minor, currency)}</span>
          <span className={styles.note}>{t('club.order.cardNote')}</span>
        </label>
      )}
    </fieldset>
  )
}
