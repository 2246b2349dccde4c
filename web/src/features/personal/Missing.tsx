import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PersonalData } from '~/api/types'
import { Tag } from '~/ui/desk/Tag'
import styles from './Personal.module.css'
import { StaysList } from './StaysList'

/** What is under way, which parts have not answered yet, and what those keep for now that have to wait. */
export function Missing({ text, parts }: { text: string; parts: PersonalData['missing'] }) {
  const { t } = useTranslation()
  return (
    <div className={styles.stack} role="status">
      <div className={styles.line}>
        <span className={styles.name}>
          <Loader size={16} aria-hidden /> {text}
        </span>
        <span className={styles.waiting}>
          {parts.map(({ part }) => (
            <Tag key={part} tone="calm">
              {t(`personal.part.${part as 'identity'}`, { defaultValue: part })}
            </Tag>
          ))}
        </span>
      </div>
      <StaysList stays={parts.flatMap(({ waits }) => waits ?? [])} />
    </div>
  )
}
