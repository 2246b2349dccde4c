import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Map.module.css'

interface Props {
  step: number
  daily: boolean
  onChange: (step: number) => void
}

const settleMs = 250

/** From now into the future. What is asked of the host waits until the hand rests. */
export function AheadSlider({ step, daily, onChange }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(step)
  const settle = useDebouncedCallback(onChange, settleMs)
  useEffect(() => setShown(step), [step])
  const most = daily ? 14 : 24
  const text = shown === 0 ? t('forecast.now') : t(daily ? 'forecast.inDays' : 'forecast.inHours', { count: shown })
  return (
    <label className={styles.ahead}>
      <span className={styles.aheadLabel}>
        {t('forecast.map.when')} <strong>{text}</strong>
      </span>
      <input
        type="range"
        min={0}
        max={Math.max(most, step)}
        step={1}
        value={shown}
        aria-valuetext={text}
        onChange={event => {
          setShown(Number(event.target.value))
          settle(Number(event.target.value))
        }}
      />
    </label>
  )
}
