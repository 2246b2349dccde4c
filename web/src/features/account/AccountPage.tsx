import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '~/ui/desk/Moment'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { ProblemNotice } from '~/ui/ProblemNotice'
import styles from './Account.module.css'
import { accountQuery } from './account'
import { PasswordDialog } from './PasswordDialog'
import { SecondFactor } from './SecondFactor'
import { SessionList } from './SessionList'
import { TokenList } from './TokenList'

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
      </Sheet>
      {changes && <PasswordDialog onClose={() => setChanges(false)} />}
    </div>
  )
}
