import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { cityOf, daysFrom } from '../times'
import styles from './Experience.module.css'

interface Props {
  date: string
  zone: string
  onChoose: (date: string) => void
}

const shown = 21

/** The next three weeks as days to tap; any other by the calendar. */
export function DayChoice({ date, zone, onChoose }: Props) {
  const { t } = useTranslation()
  const { day } = useClubFormat()
  const days = useMemo(() => daysFrom(Date.now(), zone, shown), [zone])
  const row = useRef<HTMLDivElement>(null)
  const isFar = !days.includes(date)

  // The chosen day is in view when the page opens; afterwards the row stays where the reader put it.
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>('[aria-pressed="true"]')
    if (chosen && row.current) row.current.scrollLeft = chosen.offsetLeft - row.current.offsetLeft - 80
  }, [])

  return (
    <section className={styles.block}>
      <h2 className={styles.label}>
        {t('club.experience.day')}
        <span className={styles.hint}>{t('club.experience.zone', { city: cityOf(zone) })}</span>
      </h2>
      <div className={styles.days} ref={row}>
        {days.map(one => (
          <button
            key={one}
            type="button"
            className={styles.day}
            aria-pressed={one === date}
            aria-label={day(one, { weekday: 'long', day: 'numeric', month: 'long' })}
            onClick={() => onChoose(one)}
          >
            <span>{day(one, { weekday: 'short' })}</span>
            <b>{day(one, { day: 'numeric' })}</b>
            <span>{day(one, { month: 'short' })}</span>
          </button>
        ))}
        <label>
          <span className="visually-hidden">{t('club.experience.otherDay')}</span>
          <input
            type="date"
            className={styles.other}
            style={{ height: 74 }}
            min={days[0]}
            value={isFar ? date : ''}
            onChange={event => event.target.value && onChoose(event.target.value)}
          />
        </label>
      </div>
    </section>
  )
}
