import { useTranslation } from 'react-i18next'
import { localeOf, useNumberFormat, usePreferences } from '~/app/preferences'
import { money } from '../../money'
import { Picture } from '../../parts/Picture'
import desk from '../Desk.module.css'
import styles from './Curation.module.css'
import { pictureAddress } from './pictureAddress'
import { publishedOf, publishedTone } from './published'

/** Its picture and its words, which open it. */
export function WhatCells({
  of: { pictures, unit, title },
  onOpen,
}: {
  of: { pictures: readonly string[]; unit: string; title: string }
  onOpen: () => void
}) {
  return (
    <>
      <td>
        <div className={styles.thumb}>
          <Picture pictures={pictures.map(pictureAddress)} unit={unit} title={title} shape="wide" sizes="84px" />
        </div>
      </td>
      <td>
        <button type="button" className={styles.open} onClick={onOpen}>
          {title}
        </button>
        <p className={desk.quiet}>{unit}</p>
      </td>
    </>
  )
}

interface Priced {
  pricePoints?: number | null
  priceMinor?: number | null
  currency: string
}

export function PriceCell({ of: { pricePoints, priceMinor, currency } }: { of: Priced }) {
  const { t } = useTranslation()
  const locale = localeOf(usePreferences().language)
  const { count } = useNumberFormat()
  return (
    <td className={styles.spare}>
      {pricePoints != null && <p>{t('clubDesk.points', { count: pricePoints, points: count(pricePoints) })}</p>}
      {priceMinor != null && <p>{money(priceMinor, currency, locale)}</p>}
    </td>
  )
}

export function PublishedCell({ state }: { state: string }) {
  const { t } = useTranslation()
  return (
    <td>
      <span className={desk.tag} data-tone={publishedTone(state)}>
        {t(`clubDesk.programme.${publishedOf(state)}`)}
      </span>
    </td>
  )
}
