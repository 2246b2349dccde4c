import { Button, Modal } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Erased, User } from '~/api/types'
import { useSession } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Fault } from '~/ui/desk/Fault'
import { Tag } from '~/ui/desk/Tag'
import { Missing } from './Missing'
import styles from './Personal.module.css'
import { PersonalExport } from './PersonalExport'
import { dataOfQuery, erasureQuery, worded } from './personal'
import { StaysList } from './StaysList'

interface Props {
  user: User
  onClose: () => void
  /** He is in no list any more. */
  onErased: () => Promise<unknown>
}

/** What is kept of somebody, to hand it out or to have it forgotten. */
export function PersonalDialog({ user, onClose, onErased }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const own = useSession().user.id === user.id
  const [collects, setCollects] = useState(false)
  const [asks, setAsks] = useState(false)
  const [reason, setReason] = useState<string | null>(null)

  async function erase(why: string) {
    try {
      await queries.fetchQuery(erasureQuery(user.id, why))
    } catch (problem) {
      throw worded(problem, t)
    }
    setReason(why)
    await onErased()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('personal.of', { name: user.name })}
      size={640}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      <div className={styles.stack}>
        {reason !== null ? (
          <Erasure id={user.id} reason={reason} />
        ) : (
          <>
            <p>{t('personal.about')}</p>
            {collects ? (
              <PersonalExport query={dataOfQuery(user.id)} />
            ) : (
              <div>
                <Button variant="default" onClick={() => setCollects(true)}>
                  {t('personal.collect')}
                </Button>
              </div>
            )}
            <div className={styles.erase}>
              {own ? (
                <p>{t('personal.refused.yourself')}</p>
              ) : (
                <Button className={styles.danger} onClick={() => setAsks(true)}>
                  {t('personal.erase')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
      {asks && (
        <AskDialog
          title={t('personal.eraseTitle', { name: user.name })}
          text={t('personal.eraseText', { name: user.name, email: user.email })}
          submit={t('personal.eraseForGood')}
          because
          onClose={() => setAsks(false)}
          onSubmit={erase}
        />
      )}
    </Modal>
  )
}

function Erasure({ id, reason }: { id: string; reason: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(erasureQuery(id, reason))
  if (data?.state === 'erased')
    return (
      <div className={styles.stack} role="status">
        <div>
          <Tag tone="good">{t('personal.erased')}</Tag>
        </div>
        <Left parts={data.parts} />
      </div>
    )
  return (
    <>
      <Missing text={t('personal.erasing')} parts={data?.missing ?? []} />
      <p>{t('personal.erasingText')}</p>
      <Left parts={data?.parts ?? []} />
      <Fault problem={worded(error, t)} />
    </>
  )
}

/** What the parts that are done had to leave. */
function Left({ parts }: { parts: Erased['parts'] }) {
  const { t } = useTranslation()
  const left = parts.filter(({ stays }) => stays.length > 0)
  if (left.length === 0) return null
  return (
    <>
      <p className={styles.name}>{t('personal.left')}</p>
      <ul className={styles.parts}>
        {left.map(({ part, stays }) => (
          <li key={part} className={styles.part}>
            <p className={styles.name}>{t(`personal.part.${part as 'identity'}`, { defaultValue: part })}</p>
            <StaysList stays={stays} />
          </li>
        ))}
      </ul>
    </>
  )
}
