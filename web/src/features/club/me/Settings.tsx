import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { prefer, usePreferences } from '~/app/preferences'
import { useLeave } from '~/app/useLeave'
import { isLanguage, languages, switchLanguage } from '~/i18n'
import { Button } from '../parts/Button'
import styles from './Me.module.css'

const schemes = ['auto', 'light', 'dark'] as const

/** How the club speaks and looks, and the way out. */
export function Settings() {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useLeave('/club/sign-in')
  return (
    <section className={styles.settings}>
      <label className={styles.setting}>
        {t('club.me.language')}
        <select
          className={styles.select}
          value={language}
          onChange={({ target: { value } }) => {
            if (!isLanguage(value)) return
            prefer({ language: value })
            void switchLanguage(value)
          }}
        >
          {languages.map(({ code, name }) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.setting}>
        {t('club.me.theme')}
        <select
          className={styles.select}
          value={colorScheme}
          onChange={({ target: { value } }) => setColorScheme(value as MantineColorScheme)}
        >
          {schemes.map(scheme => (
            <option key={scheme} value={scheme}>
              {t(`theme.${scheme}`)}
            </option>
          ))}
        </select>
      </label>
      <Button look="quiet" onClick={() => void leave()}>
        {t('shell.signOut')}
      </Button>
    </section>
  )
}
