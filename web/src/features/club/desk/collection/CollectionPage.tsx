import { Button, Skeleton } from '@mantine/core'
import { IconBottle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from '../Desk'
import { collectionQuery } from '../queries'
import { ItemForm } from './ItemForm'
import { ItemTable } from './ItemTable'

const adding = 'new'

/** What members can redeem: words, pictures, prices, and how many there are. */
export function CollectionPage() {
  const { t } = useTranslation()
  const { edit } = useSearch({ from: '/shell/club/desk/collection' })
  const navigate = useNavigate({ from: '/club/desk/collection' })
  const list = useQuery(collectionQuery)
  const open = (id: string | null) => void navigate({ search: id === null ? {} : { edit: id } })
  const edited = list.data?.find(one => one.id === edit) ?? null
  const add = <Button onClick={() => open(adding)}>{t('clubDesk.collection.add')}</Button>
  return (
    <Desk tab="collection">
      <DeskSheet title={t('clubDesk.collection.title')} about={t('clubDesk.collection.about')} actions={add}>
        {list.isPending ? (
          <Skeleton height={420} />
        ) : !list.data ? (
          <ProblemNotice problem={list.error} onRetry={() => void list.refetch()} />
        ) : list.data.length === 0 ? (
          <Notice icon={IconBottle} title={t('clubDesk.collection.none')} text={t('clubDesk.collection.noneText')} />
        ) : (
          <ItemTable items={list.data} onOpen={open} />
        )}
        {list.data && (edit === adding || edited) && (
          <ItemForm key={edit} item={edit === adding ? null : edited} onClose={() => open(null)} />
        )}
      </DeskSheet>
    </Desk>
  )
}
