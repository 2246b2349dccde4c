import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Section } from '~/ui/desk/Sheet'
import { Examples } from './Examples'
import styles from './Portal.module.css'

/** What a program needs to begin: a key, and one call that works. */
export function Start() {
  const { t } = useTranslation()
  const may = useMay()
  const body = JSON.stringify([{ level: 'info', service: 'hello', body: 'My first record' }])
  return (
    <article className={styles.article}>
      <h1 className={styles.title}>{t('developers.title')}</h1>
      <p className={styles.about}>{t('developers.about')}</p>
      <Section title={t('developers.keys')} about={t('developers.keysText')}>
        {may('identity.read') ? (
          <Button renderRoot={props => <Link to="/admin/keys" {...props} />}>{t('developers.toKeys')}</Button>
        ) : (
          <p>{t('developers.askForKey')}</p>
        )}
      </Section>
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
