import { Button } from '@mantine/core'
import { IconDoorEnter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import styles from './SignInPage.module.css'

/** Signing in by the organization's own provider. A link and no call: the browser itself goes there and comes back. */
export function SignOn({ wanted }: { wanted: string | undefined }) {
  const { t } = useTranslation()
  const providers = useQuery({
    queryKey: ['sign-in', 'providers'],
    queryFn: ({ signal }) => call(api.GET('/api/identity/providers', { signal })),
  })
  if (!providers.data?.length) return null
  const to = wanted ? `?${new URLSearchParams({ return: wanted })}` : ''
  return (
    <div className={styles.providers}>
      <p className={styles.or}>{t('signOn.or')}</p>
      {providers.data.map(({ name, title }) => (
        <Button
          key={name}
          component="a"
          href={`/api/identity/providers/${encodeURIComponent(name)}/start${to}`}
          variant="default"
          size="lg"
          fullWidth
          leftSection={<IconDoorEnter size={18} stroke={1.6} aria-hidden />}
        >
          {t('signOn.with', { title })}
        </Button>
      ))}
    </div>
  )
}
