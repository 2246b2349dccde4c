import { Button, Skeleton } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from './Desk'
import styles from './Desk.module.css'
import { erasuresQuery } from './queries'
import { Refused } from './Refused'
import type { DeskErasure } from './types'
import { useDeskAction } from './useDeskAction'

/** Members who were forgotten here and whom a vendor knows still: vendors have no call for it, so somebody asks them. */
export function ErasuresPage() {
  const { t } = useTranslation()
  const erasures = useQuery(erasuresQuery)
  return (
    <Desk tab="erasures">
      <DeskSheet title={t('clubDesk.erasures.title')} about={t('clubDesk.erasures.about')}>
        {erasures.isPending ? (
          <Skeleton height={320} />
        ) : !erasures.data ? (
          <ProblemNotice problem={erasures.error} onRetry={() => void erasures.refetch()} />
        ) : erasures.data.length === 0 ? (
          <Notice icon={IconChecks} title={t('clubDesk.erasures.none')} text={t('clubDesk.erasures.noneText')} />
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('clubDesk.erasures.vendor')}</th>
                  <th scope="col">{t('clubDesk.erasures.foundBy')}</th>
                  <th scope="col">{t('clubDesk.erasures.since')}</th>
                  <th scope="col">{t('clubDesk.erasures.state')}</th>
                </tr>
              </thead>
              <tbody>
                {erasures.data.map(one => (
                  <ErasureRow key={one.id} erasure={one} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </DeskSheet>
    </Desk>
  )
}

function ErasureRow({ erasure: { id, connector, foundBy, askedAt, doneAt, doneBy } }: { erasure: DeskErasure }) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const mayNote = useMay()('club.write')
  const done = useDeskAction(() => call(api.POST('/api/club/desk/erasures/{id}/done', { params: { path: { id } } })))
  const at = doneAt && time.short(Date.parse(doneAt))
  return (
    <tr>
      <th scope="row">{connector}</th>
      <td className={styles.data}>
        {foundBy.map(one => (
          <div key={one}>{one}</div>
        ))}
      </td>
      <td>{time.short(Date.parse(askedAt))}</td>
      <td>
        {at ? (
          <span className={styles.tag} data-tone="good">
            {doneBy ? t('clubDesk.erasures.doneBy', { at, who: doneBy }) : t('clubDesk.erasures.doneAt', { at })}
          </span>
        ) : (
          mayNote && (
            <Button size="compact-sm" variant="default" loading={done.isPending} onClick={() => done.mutate(undefined)}>
              {t('clubDesk.erasures.done')}
            </Button>
          )
        )}
        {done.isError && <Refused problem={done.error} />}
      </td>
    </tr>
  )
}
