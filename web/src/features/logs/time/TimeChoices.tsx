import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { fromWallTime, wallTime } from '~/ui/time'
import { between, instantOf, lastOf, lengthOf, presets, type Range, readLength } from './ranges'
import styles from './TimePicker.module.css'
import { useRangeLabel } from './useRangeLabel'

interface Props {
  range: Range
  onChoose: (range: Range) => void
}

/** A length at one tap, a length that is typed, or two ends. */
export function TimeChoices({ range, onChoose }: Props) {
  const { t } = useTranslation()
  const { ofLength } = useRangeLabel()
  const chosen = lengthOf(range)
  const [typed, setTyped] = useState('')
  const length = readLength(typed)
  return (
    <div className={styles.choices}>
      <ul className={styles.presets}>
        {presets.map(preset => (
          <li key={preset.count + preset.unit}>
            <button
              type="button"
              className={styles.preset}
              aria-pressed={preset.count === chosen?.count && preset.unit === chosen.unit}
              onClick={() => onChoose(lastOf(preset))}
            >
              {ofLength(preset)}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.own}>
        <form
          onSubmit={event => {
            event.preventDefault()
            if (length) onChoose(lastOf(length))
          }}
        >
          <TextInput
            // On a phone the keyboard would rise over the choices.
            data-autofocus={matchMedia('(hover: hover)').matches || undefined}
            label={t('time.typed')}
            placeholder={t('time.typedHint')}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
            error={typed !== '' && !length ? t('time.typedWrong') : undefined}
            description={length ? ofLength(length) : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </form>
        <Ends range={range} onChoose={onChoose} />
      </div>
    </div>
  )
}

function Ends({ range, onChoose }: Props) {
  const { t } = useTranslation()
  const { zone, zoneName } = useTimeFormat()
  const wall = (end: string) => wallTime(instantOf(end, Date.now()) ?? Date.now(), zone)
  const [from, setFrom] = useState(() => wall(range.from))
  const [to, setTo] = useState(() => wall(range.to))
  const start = fromWallTime(from, zone)
  const end = fromWallTime(to, zone)
  const backwards = start !== null && end !== null && start >= end
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (start !== null && end !== null && !backwards) onChoose(between(start, end))
  }
  return (
    <form className={styles.ends} onSubmit={submit}>
      <TextInput
        type="datetime-local"
        step={1}
        label={t('time.from')}
        value={from}
        onChange={event => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label={t('time.to')}
        value={to}
        onChange={event => setTo(event.currentTarget.value)}
        error={backwards ? t('time.backwards') : undefined}
      />
      <div className={styles.apply}>
        <span>{t('time.inZone', { zone: zone === zoneName ? zone : `${zone} (${zoneName})` })}</span>
        <Button type="submit" size="sm" disabled={start === null || end === null || backwards}>
          {t('time.apply')}
        </Button>
      </div>
    </form>
  )
}
