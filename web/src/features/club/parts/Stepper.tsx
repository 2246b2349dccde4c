import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './Stepper.module.css'

interface Props {
  label: string
  value: number
  most: number
  onChange: (value: number) => void
}

/** A small whole number, one at a time. */
export function Stepper({ label, value, most, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.stepper} role="group" aria-label={label}>
      <button
        type="button"
        className={styles.step}
        aria-label={t('club.fewer')}
        disabled={value <= 1}
        onClick={() => onChange(value - 1)}
      >
        <IconMinus size={18} stroke={1.5} aria-hidden />
      </button>
      <output className={styles.value} aria-live="polite">
        {value}
      </output>
      <button
        type="button"
        className={styles.step}
        aria-label={t('club.more')}
        disabled={value >= most}
        onClick={() => onChange(value + 1)}
      >
        <IconPlus size={18} stroke={1.5} aria-hidden />
      </button>
    </div>
  )
}
