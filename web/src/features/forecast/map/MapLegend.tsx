import { useTranslation } from 'react-i18next'
import { bandsOf, indexOf, indexWords } from '../parts/grades'
import { unitText } from '../parts/units'
import styles from './Map.module.css'

interface Props {
  measure: string
  unit: string
  ends: readonly number[]
  valueText: (value: number) => string
}

/** Each colour with its word and its values, so that nobody has to tell colours apart to read the map. */
export function MapLegend({ measure, unit, ends, valueText }: Props) {
  const { t } = useTranslation()
  const hasIndex = indexOf(measure) !== null
  return (
    <section className={styles.legend} aria-label={t('forecast.map.legend')}>
      <h2 className={styles.legendTitle}>
        {t(hasIndex ? 'forecast.map.index' : 'forecast.map.scale', { unit: unitText(unit) })}
      </h2>
      <ul>
        {bandsOf(ends).map(({ grade, from, to }) => (
          <li key={grade} data-grade={grade}>
            <span className={styles.swatch} aria-hidden="true" />
            {hasIndex && <span className={styles.word}>{t(`forecast.index.${indexWords[grade - 1] ?? 'good'}`)}</span>}
            <span className={styles.range}>
              {to === null
                ? `> ${valueText(from ?? 0)}`
                : from === null
                  ? `≤ ${valueText(to)}`
                  : `${valueText(from)}–${valueText(to)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
