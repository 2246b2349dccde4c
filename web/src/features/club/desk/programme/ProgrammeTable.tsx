import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat, usePreferences } from '~/app/preferences'
import { IconButton } from '~/ui/IconButton'
import { money } from '../../money'
import { Picture } from '../../parts/Picture'
import desk from '../Desk.module.css'
import { programmeQuery } from '../queries'
import type { Experience } from '../types'
import { useDeskAction } from '../useDeskAction'
import { moved } from './draft'
import styles from './Programme.module.css'
import { publishedOf, publishedTone } from './published'

export function ProgrammeTable({
  experiences,
  onOpen,
}: {
  experiences: readonly Experience[]
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const { count } = useNumberFormat()
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
            <th scope="col">{t('clubDesk.programme.house')}</th>
            <th scope="col">{t('clubDesk.price')}</th>
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
                {one.connector}
                <p className={desk.quiet}>{one.timeZone}</p>
              </td>
              <td>
                {one.pricePoints !== null && one.pricePoints !== undefined && (
                  <p>{t('clubDesk.points', { count: one.pricePoints, points: count(one.pricePoints) })}</p>
                )}
                {one.priceMinor !== null && one.priceMinor !== undefined && (
                  <p>{money(one.priceMinor, one.currency, language)}</p>
                )}
              </td>
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

export const pictureAddress = (id: string) => `/api/club/pictures/${id}`
