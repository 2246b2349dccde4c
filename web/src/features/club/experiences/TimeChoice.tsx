import { useTranslation } from 'react-i18next'
import { useClubFormat } from '../format'
import { Freshness } from '../parts/Freshness'
import { clockText } from '../times'
import type { ExperienceOpened } from '../types'
import { takes } from './choice'
import styles from './Experience.module.css'

interface Props {
  part: ExperienceOpened['parts']['slots']
  waiting: boolean
  zone: string
  tickets: number
  chosen: string | null
  onChoose: (startsAt: string) => void
}

/** Fewer seats than this are worth a word. */
const few = 6

/** The free times of the day, and how old this knowledge is. */
export function TimeChoice({ part, waiting, zone, tickets, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const { locale } = useClubFormat()
  const times = part.data?.times ?? []
  return (
    <section className={styles.block} aria-busy={waiting}>
      <h2 className={styles.label}>{t('club.experience.time')}</h2>
      <div
        className={styles.times}
        data-stale={part.state === 'stale' || undefined}
        style={waiting ? { opacity: 0.4 } : undefined}
      >
        {times.map(slot => (
          <button
            key={slot.startsAt}
            type="button"
            className={styles.time}
            aria-pressed={slot.startsAt === chosen}
            disabled={waiting || !takes(slot, tickets)}
            onClick={() => onChoose(slot.startsAt)}
          >
            {clockText(slot.startsAt, zone, locale)}
            {!slot.instant ? (
              <small>{t('club.experience.onRequest')}</small>
            ) : slot.left !== null && slot.left < few ? (
              <small>{t('club.experience.left', { count: slot.left })}</small>
            ) : null}
          </button>
        ))}
        {times.length === 0 && part.state !== 'missing' && <p className={styles.none}>{t('club.experience.full')}</p>}
        {part.state === 'missing' && (
          <label className={styles.wish}>
            {t('club.experience.unseen')}
            <input
              type="time"
              className={styles.other}
              step={900}
              value={/^\d{2}:\d{2}$/.test(chosen ?? '') ? (chosen ?? '') : ''}
              onChange={event => onChoose(event.currentTarget.value)}
            />
          </label>
        )}
      </div>
      <Freshness what="seats" state={part.state} asOf={part.asOf} />
    </section>
  )
}
