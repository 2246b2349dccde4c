import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExperienceSearch } from '../area'
import { OrderSheet } from '../bookings/OrderSheet'
import { useOrder } from '../bookings/useOrder'
import { useClubFormat } from '../format'
import { Button } from '../parts/Button'
import { Failure } from '../parts/Failure'
import { useTitle } from '../parts/Heading'
import { Picture } from '../parts/Picture'
import { Price } from '../parts/Price'
import { Stepper } from '../parts/Stepper'
import { experienceQuery } from '../queries'
import { cityOf, wallOf } from '../times'
import type { ExperienceOpened, SlotView } from '../types'
import { dateOf, slotOf, ticketsOf, wishOf } from './choice'
import { DayChoice } from './DayChoice'
import styles from './Experience.module.css'
import { ExperienceSkeleton } from './ExperienceSkeleton'
import { TimeChoice } from './TimeChoice'

export function ExperiencePage() {
  const { id } = useParams({ from: '/club/club/experiences/$id' })
  const search = useSearch({ from: '/club/club/experiences/$id' })
  // More than may be booked is brought down by the host as it is here.
  const opened = useQuery({
    ...experienceQuery(id, dateOf(search), ticketsOf(search, 50)),
    placeholderData: keepPreviousData,
  })
  if (opened.isError) return <Failure problem={opened.error} onRetry={() => void opened.refetch()} />
  // The experience before this one is not shown while this one comes.
  if (!opened.data || opened.data.experience.id !== id) return <ExperienceSkeleton />
  return <Opened key={id} opened={opened.data} search={search} waiting={opened.isPlaceholderData} />
}

interface Props {
  opened: ExperienceOpened
  search: ExperienceSearch
  /** Another day or number is on its way. */
  waiting: boolean
}

function Opened({ opened: { experience, parts }, search, waiting }: Props) {
  const { t } = useTranslation()
  const format = useClubFormat()
  const navigate = useNavigate({ from: '/club/experiences/$id' })
  const order = useOrder()
  // As it was when it was chosen: what a vendor tells meanwhile must not take the sheet away.
  const [confirming, setConfirming] = useState<SlotView | null>(null)
  useTitle(experience.title)

  const { pricePoints, priceMinor, currency, timeZone } = experience
  const tickets = ticketsOf(search, experience.ticketsMax)
  const date = dateOf(search) || wallOf(Date.now(), timeZone).date
  const unseen = parts.slots.state === 'missing'
  const chosen = waiting
    ? null
    : unseen
      ? wishOf(search, date, timeZone)
      : slotOf(search, tickets, parts.slots.data?.times)
  const total = {
    pricePoints: pricePoints === null ? null : pricePoints * tickets,
    priceMinor: priceMinor === null ? null : priceMinor * tickets,
    currency,
  }
  const choose = (next: ExperienceSearch) =>
    void navigate({ search: before => ({ ...before, ...next }), replace: true, resetScroll: false })

  return (
    <article className={styles.page}>
      <div className={styles.picture}>
        <Picture pictures={experience.pictures} unit={experience.unit} title={experience.title} shape="wide" first />
      </div>
      <div className={styles.side}>
        <header>
          <p className={styles.unit}>{experience.unit}</p>
          <h1 className={styles.title}>{experience.title}</h1>
          <p className={styles.text}>{experience.description}</p>
          <p className={styles.price}>
            {t('club.experience.each')} <Price of={experience} />
          </p>
        </header>
        <DayChoice date={date} zone={timeZone} onChoose={day => choose({ date: day })} />
        <section className={styles.row}>
          <h2 className={styles.label}>{t('club.experience.places')}</h2>
          <Stepper
            label={t('club.experience.places')}
            value={tickets}
            most={experience.ticketsMax}
            onChange={count => choose({ tickets: String(count) })}
          />
        </section>
        <TimeChoice
          part={parts.slots}
          waiting={waiting}
          zone={timeZone}
          tickets={tickets}
          chosen={unseen ? (search.time ?? null) : (chosen?.startsAt ?? null)}
          onChoose={time => choose({ time })}
        />
        <div className={styles.bar}>
          <p className={styles.total}>
            <Price of={total} />
          </p>
          <Button disabled={!chosen} onClick={() => setConfirming(chosen)}>
            {t('club.experience.continue')}
          </Button>
        </div>
      </div>
      {confirming && (
        <OrderSheet
          open
          onClose={() => {
            setConfirming(null)
            order.reset()
          }}
          title={experience.title}
          details={[
            t('club.booking.placeTime', { start: format.start(confirming.startsAt, timeZone), city: cityOf(timeZone) }),
            t('club.booking.places', { count: tickets }),
            ...(confirming.instant ? [] : [t(unseen ? 'club.experience.wished' : 'club.experience.asked')]),
          ]}
          points={total.pricePoints}
          minor={total.priceMinor}
          currency={currency}
          order={order}
          onPlace={pay => order.place({ experienceId: experience.id, startsAt: confirming.startsAt, tickets, pay })}
        />
      )}
    </article>
  )
}
