import { useTranslation } from 'react-i18next'
import { Section } from '~/ui/desk/Sheet'
import { Examples } from './Examples'
import { OwnKeys } from './OwnKeys'
import styles from './Portal.module.css'

/** What a program needs to begin: a key, and one call that works. */
export function Start() {
  const { t } = useTranslation()
  const body = JSON.stringify([{ level: 'info', service: 'hello', body: 'My first record' }])
  return (
    <article className={styles.article}>
      <h1 className={styles.title}>{t('developers.title')}</h1>
      <p className={styles.about}>{t('developers.about')}</p>
      <OwnKeys />
      <Section title={t('developers.first')} about={t('developers.firstText')}>
        <Examples
          call={{
            method: 'post',
            url: `${location.origin}/api/logs/records`,
            body,
            contentType: 'application/json',
          }}
        />
      </Section>
    </article>
  )
}
