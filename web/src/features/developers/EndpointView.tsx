import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Table } from '~/ui/desk/Listing'
import { Section } from '~/ui/desk/Sheet'
import { Code } from '~/ui/desk/Tag'
import { Examples } from './Examples'
import { addressOf, bodyOf, type Description, type Endpoint, sampleOf, typeName } from './openapi'
import styles from './Portal.module.css'
import { TryIt } from './TryIt'

interface Props {
  endpoint: Endpoint
  description: Description
  /** What was sought, for the way back. */
  q: string
}

export function EndpointView({ endpoint, description, q }: Props) {
  const { t } = useTranslation()
  const [values, setValues] = useState<Record<string, string>>({})
  const [body, setBody] = useState(() => bodyOf(endpoint, description))
  const call = useMemo(
    () => ({
      method: endpoint.method,
      url: location.origin + addressOf(endpoint, values),
      body,
      contentType: endpoint.bodyType || 'application/json',
    }),
    [endpoint, values, body],
  )
  return (
    <article className={styles.article}>
      <Link to="/developers" search={q ? { q } : {}} className={styles.back}>
        <IconArrowLeft size={16} aria-hidden /> {t('developers.all')}
      </Link>
      <h1 className={styles.heading}>
        <span className={styles.method} data-method={endpoint.method}>
          {endpoint.method}
        </span>
        <span>{endpoint.path}</span>
      </h1>
      <p className={styles.about}>{endpoint.summary}</p>
      {endpoint.description && <p className={styles.about}>{endpoint.description}</p>}
      {endpoint.parameters.length > 0 && (
        <Section title={t('developers.parameters')}>
          <Table
            label={t('developers.parameters')}
            rows={endpoint.parameters}
            rowKey={({ name }) => name}
            columns={[
              { head: t('developers.name'), cell: ({ name }) => <Code>{name}</Code> },
              { head: t('developers.place'), width: '90px', cell: ({ in: place }) => place },
              { head: t('developers.type'), cell: ({ schema }) => typeName(schema) },
              { head: t('developers.meaning'), width: 'minmax(0, 2fr)', cell: row => row.description ?? '' },
            ]}
          />
        </Section>
      )}
      <Section title={t('developers.try')} about={t('developers.tryText')}>
        <TryIt endpoint={endpoint} call={call} values={values} onValues={setValues} onBody={setBody} />
      </Section>
      <Section title={t('developers.examples')}>
        <Examples call={call} />
      </Section>
      <Section title={t('developers.answers')}>
        {endpoint.answers.map(({ status, meaning, schema }) =>
          schema ? (
            <details key={status} className={styles.answer}>
              <summary>
                <Code>{status}</Code> {typeName(schema)}
              </summary>
              <pre className={styles.code}>{JSON.stringify(sampleOf(schema, description), null, 2)}</pre>
            </details>
          ) : (
            <p key={status} className={styles.answer}>
              <Code>{status}</Code> {meaning}
            </p>
          ),
        )}
      </Section>
    </article>
  )
}
