import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import { PriceCell, PublishedCell, WhatCells } from '../curation/Cells'
import styles from '../curation/Curation.module.css'
import desk from '../Desk.module.css'
import type { Item } from '../types'

export function ItemTable({ items, onOpen }: { items: readonly Item[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  return (
    <div className={desk.scroll}>
      <table className={desk.table}>
        <thead>
          <tr>
            <th scope="col">{t('clubDesk.programme.picture')}</th>
            <th scope="col">{t('clubDesk.collection.piece')}</th>
            <th scope="col" className={styles.spare}>
              {t('clubDesk.price')}
            </th>
            <th scope="col" className={desk.number}>
              {t('clubDesk.collection.free')}
            </th>
            {(['reserved', 'sold'] as const).map(name => (
              <th key={name} scope="col" className={`${desk.number} ${styles.spare}`}>
                {t(`clubDesk.collection.${name}`)}
              </th>
            ))}
            <th scope="col">{t('clubDesk.state')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(one => (
            <tr key={one.id}>
              <WhatCells of={one} onOpen={() => onOpen(one.id)} />
              <PriceCell of={one} />
              <td className={desk.number}>{count(one.free)}</td>
              <td className={`${desk.number} ${styles.spare}`}>{count(one.reserved)}</td>
              <td className={`${desk.number} ${styles.spare}`}>{count(one.sold)}</td>
              <PublishedCell state={one.state} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
