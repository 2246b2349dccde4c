import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrderSheet } from '../bookings/OrderSheet'
import { useOrder } from '../bookings/useOrder'
import styles from '../experiences/Experience.module.css'
import { ExperienceSkeleton } from '../experiences/ExperienceSkeleton'
import { useClubFormat } from '../format'
import { Button } from '../parts/Button'
import { Failure } from '../parts/Failure'
import { Freshness } from '../parts/Freshness'
import { useTitle } from '../parts/Heading'
import { Picture } from '../parts/Picture'
import { Price } from '../parts/Price'
import { Stepper } from '../parts/Stepper'
import { itemQuery } from '../queries'
import type { ItemCard, MemberView } from '../types'

export function ItemPage() {
  const { id } = useParams({ from: '/club/club/items/$id' })
  const opened = useQuery(itemQuery(id))
  if (opened.isError) return <Failure problem={opened.error} onRetry={() => void opened.refetch()} />
  if (!opened.data) return <ExperienceSkeleton />
  return <Opened key={id} item={opened.data.item} member={opened.data.member} />
}

function Opened({ item, member }: { item: ItemCard; member: MemberView }) {
  const { t } = useTranslation()
  const format = useClubFormat()
  const order = useOrder()
  const [quantity, setQuantity] = useState(1)
  const [confirming, setConfirming] = useState(false)
  useTitle(item.title)
  const total = {
    pricePoints: item.pricePoints === null ? null : item.pricePoints * quantity,
    priceMinor: item.priceMinor === null ? null : item.priceMinor * quantity,
    currency: item.currency,
  }
  return (
    <article className={styles.page}>
      <div className={styles.picture}>
        <Picture pictures={item.pictures} unit={item.unit} title={item.title} shape="wide" first />
      </div>
      <div className={styles.side}>
        <header>
          <p className={styles.unit}>{item.unit}</p>
          <h1 className={styles.title}>{item.title}</h1>
          <p className={styles.text}>{item.description}</p>
          <p className={styles.price}>
            {item.stock === 'out' ? t('club.stock.out') : <Price of={item} />}
            {item.stock === 'low' && ` · ${t('club.stock.low')}`}
          </p>
        </header>
        <section className={styles.row}>
          <h2 className={styles.label}>{t('club.item.quantity')}</h2>
          <Stepper label={t('club.item.quantity')} value={quantity} most={item.quantityMax} onChange={setQuantity} />
        </section>
        <section className={styles.block}>
          <p className={styles.hint}>{t('club.order.balance', { points: format.points(member.points.available) })}</p>
          <Freshness what="points" state={member.points.state} asOf={member.points.asOf} />
        </section>
        <div className={styles.bar}>
          <p className={styles.total}>
            <Price of={total} />
          </p>
          <Button disabled={item.stock === 'out'} onClick={() => setConfirming(true)}>
            {t('club.item.redeem')}
          </Button>
        </div>
      </div>
      <OrderSheet
        open={confirming}
        onClose={() => {
          setConfirming(false)
          order.reset()
        }}
        title={item.title}
        details={[t('club.item.pieces', { count: quantity })]}
        points={total.pricePoints}
        minor={total.priceMinor}
        currency={item.currency}
        order={order}
        onPlace={pay => order.place({ itemId: item.id, quantity, pay })}
      />
    </article>
  )
}
