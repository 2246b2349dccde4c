import { useTranslation } from 'react-i18next'
import styles from './LanguageHelp.module.css'

/** The language by examples; each is valid as it stands. */
const examples = [
  { query: 'timeout', what: 'language.word' },
  { query: '"payment failed"', what: 'language.phrase' },
  { query: 'time*', what: 'language.wildcard' },
  { query: 'service:checkout', what: 'language.field' },
  { query: 'status:>=500', what: 'language.compare' },
  { query: 'duration:[100 TO 250]', what: 'language.range' },
  { query: 'user:*', what: 'language.exists' },
  { query: '-path:/health', what: 'language.not' },
  { query: 'level:error OR level:fatal', what: 'language.or' },
  { query: '(cart OR order) -test', what: 'language.group' },
  { query: 'resource.k8s.pod.name:web*', what: 'language.resource' },
] as const

export function LanguageHelp() {
  const { t } = useTranslation()
  return (
    <section>
      <h3 className={styles.title}>{t('language.title')}</h3>
      <dl className={styles.examples}>
        {examples.map(({ query, what }) => (
          <div key={query} className={styles.example}>
            <dt>
              <code>{query}</code>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('language.note')}</p>
    </section>
  )
}
