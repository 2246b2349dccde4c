import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconCode, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import { usePage } from '~/app/page'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { EndpointView } from './EndpointView'
import { type Description, type Endpoint, endpointsOf, finds } from './openapi'
import styles from './Portal.module.css'
import { Start } from './Start'

const bones = Array.from({ length: 20 }, (_, at) => at)

/** The API as the host describes it now, to be read, tried and copied. */
export function PortalPage() {
  const { t } = useTranslation()
  const { q = '', open } = useSearch({ from: '/shell/developers' })
  /** On a phone all calls are listed when somebody asks for them. */
  const [listed, setListed] = useState(false)
  usePage(useMemo(() => ({ title: t('room.developers') }), [t]))
  const description = useQuery({
    queryKey: ['openapi'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('/openapi/v1.json', { signal }).catch(cause => {
        throw Problem.unreachable(cause)
      })
      if (!answer.ok) throw new Problem(answer.status, `http-${answer.status}`, '')
      return (await answer.json()) as Description
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const endpoints = useMemo(() => (description.data ? endpointsOf(description.data) : []), [description.data])
  const opened = endpoints.find(({ id }) => id === open)
  return (
    <div className={styles.portal} data-open={opened ? true : undefined}>
      <nav className={styles.side} aria-label={t('developers.endpoints')}>
        <Search words={q} />
        <Button className={styles.listed} variant="default" aria-expanded={listed} onClick={() => setListed(!listed)}>
          {t('developers.all')}
        </Button>
        <div className={styles.calls} data-shown={listed || q !== '' || undefined}>
          {description.isPending ? (
            bones.map(at => <Skeleton key={at} height={22} mt={at % 5 === 0 ? 'lg' : 'xs'} />)
          ) : (
            <EndpointList endpoints={endpoints.filter(endpoint => finds(endpoint, q))} q={q} open={open} />
          )}
        </div>
      </nav>
      <div className={styles.content}>
        {description.isError ? (
          <ProblemNotice problem={description.error} onRetry={() => void description.refetch()} />
        ) : opened && description.data ? (
          <EndpointView key={opened.id} endpoint={opened} description={description.data} q={q} />
        ) : open && description.data ? (
          <Notice icon={IconCode} title={t('developers.gone')} />
        ) : (
          <Start />
        )}
      </div>
    </div>
  )
}

function Search({ words }: { words: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/developers' })
  return (
    <TextInput
      type="search"
      aria-label={t('developers.search')}
      placeholder={t('developers.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={words}
      onChange={event => {
        const q = event.currentTarget.value
        void navigate({ search: earlier => ({ ...earlier, q }), replace: true })
      }}
    />
  )
}

function EndpointList({ endpoints, q, open }: { endpoints: readonly Endpoint[]; q: string; open: string | undefined }) {
  const { t } = useTranslation()
  const tags = useMemo(() => byTag(endpoints), [endpoints])
  if (tags.length === 0) return <Notice icon={IconSearchOff} title={t('developers.noMatch')} />
  return tags.map(([tag, list]) => (
    <section key={tag} className={styles.group}>
      <h2 className={styles.tag}>{tag}</h2>
      {list.map(({ id, method, path, summary }) => (
        <Link
          key={id}
          to="/developers"
          search={{ ...(q && { q }), open: id }}
          className={styles.endpoint}
          title={summary}
          aria-current={id === open ? 'true' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          <span className={styles.method} data-method={method}>
            {method}
          </span>
          <span className={styles.path}>{path}</span>
        </Link>
      ))}
    </section>
  ))
}

function byTag(endpoints: readonly Endpoint[]): [string, Endpoint[]][] {
  const tags = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) tags.set(endpoint.tag, [...(tags.get(endpoint.tag) ?? []), endpoint])
  return [...tags]
}
