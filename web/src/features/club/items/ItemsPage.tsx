import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Card, CardSkeletons, Cards } from '../parts/Cards'
import { Failure, Nothing } from '../parts/Failure'
import { Heading } from '../parts/Heading'
import { Price } from '../parts/Price'
import { itemsQuery } from '../queries'

export function ItemsPage() {
  const { t } = useTranslation()
  const list = useQuery(itemsQuery)
  return (
    <>
      <Heading title={t('club.items.title')}>{t('club.items.text')}</Heading>
      {list.isPending ? (
        <CardSkeletons />
      ) : list.isError ? (
        <Failure problem={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <Nothing title={t('club.items.none')} text={t('club.items.noneText')} />
      ) : (
        <Cards lead={false}>
          {list.data.map((item, at) => (
            <li key={item.id}>
              <Card
                {...item}
                text={item.description}
                first={at === 0}
                price={item.stock === 'out' ? t('club.stock.out') : <Price of={item} />}
                link={look => <Link to="/club/items/$id" params={{ id: item.id }} preload="intent" {...look} />}
              />
            </li>
          ))}
        </Cards>
      )}
    </>
  )
}
