import { useTranslation } from 'react-i18next'
import { useNumberFormat, usePreferences } from '~/app/preferences'
import { money } from '../../money'
import { Picture } from '../../parts/Picture'
import desk from '../Desk.module.css'
import styles from '../programme/Programme.module.css'
import { pictureAddress } from '../programme/ProgrammeTable'
import { publishedOf, publishedTone } from '../programme/published'
import type { Item } from '../types'

export function ItemTable({ items, onOpen }: { items: readonly Item[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const { count } = useNumberFormat()
  return (
    <div className={desk.scroll}>
      <table className={desk.table}>
        <thead>
          <tr>
            <th scope="col">{t('clubDesk.programme.picture')}</th>
            <th scope="col">{t('clubDesk.collection.piece')}</th>
            <th scope="col">{t('clubDesk.price')}</th>
            {(['free', 'reserved', 'sold'] as const).map(name => (
              <th key={name} scope="col" className={desk.number}>
                {t(`clubDesk.collection.${name}`)}
              </th>
            ))}
            <th scope="col">{t('clubDesk.state')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(one => (
            <tr key={one.id}>
              <td>
                <div className={styles.thumb}>
                  <Picture pictures={one.pictures.map(pictureAddress)} unit={one.unit} title={one.title} shape="wide" />
                </div>
              </td>
              <td>
                <button type="button" className={styles.open} onClick={() => onOpen(one.id)}>
                  {one.title}
                </button>
                <p className={desk.quiet}>{one.unit}</p>
              </td>
              <td>
                {one.pricePoints != null && (
                  <p>{t('clubDesk.points', { count: one.pricePoints, points: count(one.pricePoints) })}</p>
                )}
                {one.priceMinor != null && <p>{money(one.priceMinor, one.currency, language)}</p>}
              </td>
              <td className={desk.number}>{count(one.free)}</td>
              <td className={desk.number}>{count(one.reserved)}</td>
              <td className={desk.number}>{count(one.sold)}</td>
              <td>
                <span className={desk.tag} data-tone={publishedTone(one.state)}>
                  {t(`clubDesk.programme.${publishedOf(one.state)}`)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
