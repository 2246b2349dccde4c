import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { IconButton } from '~/ui/IconButton'
import { PriceCell, PublishedCell, WhatCells } from '../curation/Cells'
import styles from '../curation/Curation.module.css'
import desk from '../Desk.module.css'
import { programmeQuery } from '../queries'
import type { Experience } from '../types'
import { useDeskAction } from '../useDeskAction'
import { moved } from './draft'

export function ProgrammeTable({
  experiences,
  onOpen,
}: {
  experiences: readonly Experience[]
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const order = useDeskAction((ids: string[]) =>
    call(api.POST('/api/club/curation/experiences/order', { body: { ids } })),
  )
  const move = (at: number, by: -1 | 1) => {
    const next = moved(experiences, at, by)
    // Shown at once; when it does not come about, the list is asked anew.
    queries.setQueryData(programmeQuery.queryKey, next)
    order.mutate(next.map(({ id }) => id))
  }
  return (
    <div className={desk.scroll}>
      <table className={desk.table}>
        <thead>
          <tr>
            <th scope="col">{t('clubDesk.programme.place')}</th>
            <th scope="col">{t('clubDesk.programme.picture')}</th>
            <th scope="col">{t('clubDesk.what')}</th>
            <th scope="col" className={styles.spare}>
              {t('clubDesk.programme.house')}
            </th>
            <th scope="col" className={styles.spare}>
              {t('clubDesk.price')}
            </th>
            <th scope="col">{t('clubDesk.state')}</th>
          </tr>
        </thead>
        <tbody>
          {experiences.map((one, at) => (
            <tr key={one.id}>
              <td>
                <div className={styles.place}>
                  <IconButton
                    label={t('clubDesk.programme.up', { title: one.title })}
                    icon={IconArrowUp}
                    disabled={at === 0}
                    onClick={() => move(at, -1)}
                  />
                  <IconButton
                    label={t('clubDesk.programme.down', { title: one.title })}
                    icon={IconArrowDown}
                    disabled={at === experiences.length - 1}
                    onClick={() => move(at, 1)}
                  />
                </div>
              </td>
              <WhatCells of={one} onOpen={() => onOpen(one.id)} />
              <td className={styles.spare}>
                {one.connector}
                <p className={desk.quiet}>{one.timeZone}</p>
              </td>
              <PriceCell of={one} />
              <PublishedCell state={one.state} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
