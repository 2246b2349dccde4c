import { Tabs } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '~/ui/CopyButton'
import { type Call, exampleLanguages, exampleOf } from './examples'
import styles from './Portal.module.css'

/** The call in the languages of those who will write it. */
export function Examples({ call }: { call: Call }) {
  const { t } = useTranslation()
  return (
    <Tabs defaultValue="curl">
      <Tabs.List>
        {exampleLanguages.map(language => (
          <Tabs.Tab key={language} value={language}>
            {language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {exampleLanguages.map(language => {
        const text = exampleOf(language, call)
        return (
          <Tabs.Panel key={language} value={language} className={styles.example}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys. */}
            <pre className={styles.code} tabIndex={0}>
              {text}
            </pre>
            <CopyButton label={t('common.copy')} icon={IconCopy} text={() => text} />
          </Tabs.Panel>
        )
      })}
    </Tabs>
  )
}
