import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownDataQuery } from '~/features/personal/personal'
import { texts } from '~/i18n'
import { Moment } from '~/ui/desk/Moment'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { ProblemNotice } from '~/ui/ProblemNotice'
import styles from './Account.module.css'
import { accountQuery } from './account'
import { PasswordDialog } from './PasswordDialog'
import { SecondFactor } from './SecondFactor'
import { SessionList } from './SessionList'
import { TokenList } from './TokenList'

const PersonalExport = lazy(async () => {
  const [{ PersonalExport: component }] = await Promise.all([
    import('~/features/personal/PersonalExport'),
    texts('personal')(),
  ])
  return { default: component }
})

export function AccountPage() {
  const { t } = useTranslation()
  const account = useQuery(accountQuery)
  const [changes, setChanges] = useState(false)
  return (
    <div className={styles.page}>
      <Sheet title={t('account.title')} about={account.data ? `${account.data.name} · ${account.data.email}` : ''}>
        {account.isPending ? (
          <Skeleton height={200} />
        ) : account.isError ? (
          <ProblemNotice problem={account.error} onRetry={() => void account.refetch()} />
        ) : (
          <>
            {account.data.hasPassword && (
              <Section
                title={t('account.password.title')}
                actions={
                  <Button variant="default" onClick={() => setChanges(true)}>
                    {t('account.password.change')}
                  </Button>
                }
              >
                <p className={styles.card}>
                  {t('account.password.changed')}{' '}
                  <Moment at={account.data.passwordChangedAt} none={t('account.password.never')} />
                </p>
              </Section>
            )}
            <SecondFactor account={account.data} />
          </>
        )}
        <SessionList />
        <TokenList />
        <MyData />
      </Sheet>
      {changes && <PasswordDialog onClose={() => setChanges(false)} />}
    </div>
  )
}

function MyData() {
  const { t } = useTranslation()
  const [collects, setCollects] = useState(false)
  return (
    <Section
      title={t('account.data.title')}
      about={t('account.data.about')}
      actions={
        !collects && (
          <Button variant="default" onClick={() => setCollects(true)}>
            {t('account.data.collect')}
          </Button>
        )
      }
    >
      {collects && (
        <div className={styles.data}>
          <Suspense fallback={<Skeleton height={60} />}>
            <PersonalExport query={ownDataQuery} />
          </Suspense>
        </div>
      )}
    </Section>
  )
}
