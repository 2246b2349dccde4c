import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Tag } from '~/ui/desk/Tag'
import styles from './Personal.module.css'

/** What is under way, and which parts have not answered yet. */
export function Missing({ text, parts }: { text: string; parts: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <div className={styles.line} role="status">
      <span className={styles.name}>
        <Loader size={16} aria-hidden /> {text}
      </span>
      <span className={styles.waiting}>
        {parts.map(part => (
          <Tag key={part} tone="calm">
            {t(`personal.part.${part as 'identity'}`, { defaultValue: part })}
          </Tag>
        ))}
      </span>
    </div>
  )
}
