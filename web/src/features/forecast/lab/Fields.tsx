import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './Lab.module.css'
import { bounds, type Feature, type Figure, type Setup, words } from './setup'

interface FieldProps {
  setup: Setup
  change: (patch: Partial<Setup>) => void
  faults: readonly string[]
}

export function FigureField({ field, setup, change, faults }: FieldProps & { field: Figure }) {
  const { t } = useTranslation()
  const [least, most] = bounds[field]
  return (
    <TextInput
      label={t(`forecast.lab.field.${field}`)}
      description={t(`forecast.lab.help.${field}`)}
      inputMode="decimal"
      value={setup[field]}
      error={faults.includes(field) ? t('forecast.lab.between', { least, most }) : undefined}
      onChange={event => change({ [field]: event.currentTarget.value })}
    />
  )
}

type WordName = Exclude<keyof typeof words, 'features'>

/** One of the host's words, in plain language; what is chosen is explained. */
export function WordField({ field, setup, change, faults }: FieldProps & { field: WordName }) {
  const { t } = useTranslation()
  return (
    <div>
      <Select
        label={t(`forecast.lab.field.${field}`)}
        description={t(`forecast.lab.help.${field}`)}
        allowDeselect={false}
        data={words[field].map(value => ({ value, label: t(`forecast.lab.word.${value}`) }))}
        value={setup[field]}
        error={faults.includes(field) ? t('forecast.lab.noTree') : undefined}
        onChange={value => value && change({ [field]: value })}
      />
      <p className={styles.help}>{t(`forecast.lab.says.${field}.${setup[field]}`, { defaultValue: '' })}</p>
    </div>
  )
}

export function Features({
  chosen,
  onChange,
}: {
  chosen: readonly Feature[]
  onChange: (features: Feature[]) => void
}) {
  const { t } = useTranslation()
  const toggle = (feature: Feature) =>
    onChange(words.features.filter(one => (one === feature ? !chosen.includes(one) : chosen.includes(one))))
  return (
    <fieldset className={`${styles.set} ${styles.whole}`}>
      <legend className={styles.legend}>{t('forecast.lab.field.features')}</legend>
      <p className={styles.help}>{t('forecast.lab.help.features')}</p>
      <div className={styles.checks}>
        {words.features.map(feature => (
          <label key={feature} className={styles.check}>
            <input type="checkbox" checked={chosen.includes(feature)} onChange={() => toggle(feature)} />
            {t(`forecast.lab.word.${feature}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
