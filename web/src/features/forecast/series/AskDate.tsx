import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fromWallTime, wallTime } from '~/ui/time'
import { predictAt } from '../data/calls'
import type { Series } from '../data/shapes'
import { BecauseOf } from '../parts/Because'
import { Grade } from '../parts/Grade'
import { Panel } from '../parts/Panel'
import { stepMs, unitText } from '../parts/units'
import { useStepTime } from '../parts/useStepTime'
import { Warned } from '../parts/Warned'
import styles from './Series.module.css'

interface Props {
  series: Series
  level: number
  valueText: (value: number | null) => string
}

/** The value at one time in the future; the farther, the more honestly it says that it is no forecast. */
export function AskDate({ series, level, valueText }: Props) {
  const { t } = useTranslation()
  const days = series.step === 'day'
  const time = useStepTime(series.step)
  const last = Date.parse(series.lastAt ?? '')
  const [wall, setWall] = useState(() => wallTime(last + 12 * stepMs(series.step), time.zone).slice(0, days ? 10 : 16))
  const at = fromWallTime(days ? `${wall}T00:00` : wall, time.zone)
  const asked = useMutation({
    mutationFn: (moment: number) => predictAt(series.key, new Date(moment).toISOString(), level),
  })
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (at !== null) asked.mutate(at)
  }
  const point = asked.data?.points[0]
  return (
    <Panel title={t('forecast.ask.title')} about={t('forecast.ask.about')}>
      <form className={styles.ask} onSubmit={ask}>
        <TextInput
          type={days ? 'date' : 'datetime-local'}
          label={days ? t('forecast.ask.when') : `${t('forecast.ask.when')} (${time.zoneName})`}
          value={wall}
          error={at !== null && at <= last ? t('forecast.ask.past') : undefined}
          onChange={event => setWall(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={asked.isPending} disabled={at === null || at <= last}>
          {t('forecast.ask.go')}
        </Button>
        <output className={styles.asked}>
          {asked.isError && (
            <Warned tone="bad">
              <BecauseOf error={asked.error} />
            </Warned>
          )}
          {point && (
            <>
              <strong>{`${valueText(point.value)} ${unitText(series.unit)}`}</strong>
              {point.lower !== null && (
                <span>
                  {t('forecast.ask.between', {
                    lower: valueText(point.lower),
                    upper: valueText(point.upper),
                    level: Math.round(level * 100),
                  })}
                </span>
              )}
              <Grade word={point.index} />
              <span className={styles.quiet}>
                {t(`forecast.kind.${point.kind}`, { by: point.answeredBy, step: point.step })}
              </span>
            </>
          )}
        </output>
      </form>
    </Panel>
  )
}
