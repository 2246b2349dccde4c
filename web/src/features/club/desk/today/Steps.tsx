import { useTranslation } from 'react-i18next'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { Refusal } from '../Refused'
import { oneOf } from '../standing'
import type { OpenedBooking } from '../types'
import styles from './Today.module.css'
import { timelineOf, tookMs } from './timeline'

const stepStates = ['planned', 'sent', 'unknown', 'done', 'refused', 'skipped'] as const

/** The saga's steps and, below each, the calls made for it. Names and outcomes are the machine's own: operators search logs by them. */
export function Steps({ sagas }: { sagas: OpenedBooking['sagas'] }) {
  const { t } = useTranslation()
  const { duration } = useNumberFormat()
  const time = useTimeFormat()
  const timeline = timelineOf(sagas)
  const waiting = sagas.runs.find(run => run.waitingOn)
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>{t('clubDesk.steps')}</h3>
      {waiting && (
        <p>
          {t('clubDesk.waiting', { on: waiting.waitingOn })}
          {waiting.retryAt && ` · ${t('clubDesk.retryAt', { at: time.clock(waiting.retryAt).slice(0, 8) })}`}
        </p>
      )}
      <ol className={styles.steps}>
        {timeline.map(({ step, tone, calls }) => (
          <li key={`${step.run} ${step.name} ${step.direction}`} className={styles.step} data-tone={tone}>
            <p className={styles.stepTop}>
              <span className={styles.stepName}>
                {step.direction === 'undo' ? t('clubDesk.undoOf', { step: step.name }) : step.name}
              </span>
              <span>{t(`clubDesk.step.${oneOf(stepStates, step.state, 'planned')}`)}</span>
              {step.connector && <span className={styles.sub}>{step.connector}</span>}
              {step.attempts > 1 && (
                <span className={styles.sub}>{t('clubDesk.attempts', { count: step.attempts })}</span>
              )}
              <time className={styles.stepTime} dateTime={step.updatedAt}>
                {time.clock(step.updatedAt).slice(0, 8)}
              </time>
            </p>
            {step.detail && (
              <p className={styles.sub}>
                <Refusal text={step.detail} />
              </p>
            )}
            {calls.length > 0 && (
              <ul className={styles.calls}>
                {calls.map(call => (
                  <li key={`${call.sentAt} ${call.operation}`} className={styles.call} data-outcome={call.outcome}>
                    <span>{time.clock(call.sentAt)}</span>
                    <span>{call.operation}</span>
                    <b>
                      {call.outcome} {call.status ?? ''}
                    </b>
                    <span>{duration(tookMs(call))}</span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
