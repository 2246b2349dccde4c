import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PersonalData } from '~/api/types'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { Moment } from '~/ui/desk/Moment'
import { Tag } from '~/ui/desk/Tag'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Missing } from './Missing'
import styles from './Personal.module.css'
import { type PersonalDataQuery, worded } from './personal'
import { StaysList } from './StaysList'
import { saveJson } from './save'

/** All that is kept of a person. It is asked for by showing this, and the audit tells who asked. */
export function PersonalExport({ query }: { query: PersonalDataQuery }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query)
  if (error) return <ProblemNotice problem={worded(error, t)} onRetry={() => void refetch()} />
  if (data?.state !== 'ready') return <Missing text={t('personal.collecting')} parts={data?.missing ?? []} />
  return (
    <div className={styles.stack}>
      <div className={styles.line} role="status">
        <span>
          {t('personal.collected')} <Moment at={data.askedAt} />
        </span>
        <Button
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveJson(`personal-data-${data.subject.id}.json`, data)}
        >
          {t('personal.download')}
        </Button>
      </div>
      <p className={styles.hint}>{t('personal.staysAbout')}</p>
      <ul className={styles.parts}>
        {data.parts.map(({ part, data: kept, stays }) => (
          <li key={part} className={styles.part}>
            <Part
              name={t(`personal.part.${part as 'identity'}`, { defaultValue: part })}
              kept={kept}
              isAll={stays.length === 0}
            />
            <StaysList stays={stays} />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface PartProps {
  name: string
  kept: PersonalData['parts'][number]['data']
  /** Nothing else is said of this part. */
  isAll: boolean
}

function Part({ name, kept, isAll }: PartProps) {
  const { t } = useTranslation()
  if (kept === null)
    return (
      <p className={styles.name}>
        {name} {isAll && <Tag tone="calm">{t('personal.nothing')}</Tag>}
      </p>
    )
  return (
    <details>
      <summary className={styles.name}>{name}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys. */}
      <pre className={dialogs.json} tabIndex={0}>
        {JSON.stringify(kept, null, 2)}
      </pre>
    </details>
  )
}
