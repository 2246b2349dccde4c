import { Button } from '@mantine/core'
import { IconAlertCircle, IconFilterOff, IconInbox, IconRadar2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { useExplorer } from './explorer'
import { FirstSteps } from './FirstSteps'
import { histogramQuery } from './search/queries'
import { lastOf } from './time/ranges'

/** Whether there is anything at all is asked of this much time. */
const everything = { query: '', ...lastOf({ count: 30, unit: 'd' }) }

/** Why the list is empty and what to do about it. */
export function EmptyNotice({ kind }: { kind: 'nothing' | 'waiting' | 'wrong' }) {
  const { t } = useTranslation()
  const { address, change, search } = useExplorer()
  const any = useQuery({ ...histogramQuery(everything, 1, 0), enabled: kind === 'nothing', staleTime: 10_000 })
  if (kind === 'wrong')
    return <Notice icon={IconAlertCircle} title={t('empty.wrong.title')} text={t('empty.wrong.text')} />
  if (kind === 'waiting')
    return <Notice icon={IconRadar2} title={t('empty.waiting.title')} text={t('empty.waiting.text')} />
  if (any.data?.total === 0) {
    return (
      <Notice icon={IconInbox} title={t('empty.first.title')} text={t('empty.first.text')}>
        <FirstSteps />
      </Notice>
    )
  }
  return (
    <Notice
      icon={IconFilterOff}
      title={t('empty.nothing.title')}
      text={address.query === '' ? t('empty.nothing.time') : t('empty.nothing.query')}
      actions={
        <>
          {address.query !== '' && (
            <Button variant="default" onClick={() => search('')}>
              {t('empty.nothing.clear')}
            </Button>
          )}
          <Button variant="default" onClick={() => change(lastOf({ count: 24, unit: 'h' }))}>
            {t('empty.nothing.day')}
          </Button>
          <Button variant="default" onClick={() => change(lastOf({ count: 30, unit: 'd' }))}>
            {t('empty.nothing.month')}
          </Button>
        </>
      }
    />
  )
}
