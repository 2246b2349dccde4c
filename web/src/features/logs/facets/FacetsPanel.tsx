import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useExplorer } from '../explorer'
import { fieldsQuery } from '../search/queries'
import { Facet } from './Facet'
import styles from './Facets.module.css'

/** Always offered, in this order; the first two are open from the start. */
const standing = ['level', 'service', 'environment', 'host', 'application']
const openFirst = new Set(['level', 'service'])

/** Found fields shown before the reader asks for all of them. */
const foundFew = 12

/** What the records found have in common and where they differ, with counts; a click makes it a condition. */
export function FacetsPanel() {
  const { t } = useTranslation()
  const { address, run } = useExplorer()
  const { data: fields = [] } = useQuery(fieldsQuery(address, run))
  const [all, setAll] = useState(false)
  const [sought, setSought] = useState('')
  const others = fields.filter(field => !standing.includes(field.name) && !unlisted.has(field.name))
  const matching = others.filter(field => field.name.toLowerCase().includes(sought.toLowerCase()))
  const shown = all || sought !== '' ? matching : matching.slice(0, foundFew)
  return (
    <div className={styles.panel}>
      {standing.map(name => (
        <Facet key={name} field={name} openFirst={openFirst.has(name)} />
      ))}
      {others.length > 0 && (
        <>
          <div className={styles.found}>
            <h3>{t('facets.found', { count: others.length })}</h3>
            {others.length > foundFew && (
              <input
                type="search"
                className={styles.seek}
                value={sought}
                placeholder={t('facets.seek')}
                aria-label={t('facets.seek')}
                onChange={event => setSought(event.currentTarget.value)}
              />
            )}
          </div>
          {shown.map(({ name }) => (
            <Facet key={name} field={name} openFirst={false} />
          ))}
          {shown.length < matching.length && (
            <button type="button" className={styles.more} onClick={() => setAll(true)}>
              {t('facets.all', { count: matching.length })}
            </button>
          )}
        </>
      )}
    </div>
  )
}

/** Every value of these is another one: counting them says nothing. */
const unlisted = new Set(['body', 'sequence', 'severity', 'timestamp', 'observed', 'trace', 'span'])
