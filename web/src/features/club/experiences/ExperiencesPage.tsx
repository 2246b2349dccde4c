import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Card, CardSkeletons, Cards } from '../parts/Cards'
import { Failure, Nothing } from '../parts/Failure'
import { Heading } from '../parts/Heading'
import { Price } from '../parts/Price'
import { experiencesQuery } from '../queries'

export function ExperiencesPage() {
  const { t } = useTranslation()
  const list = useQuery(experiencesQuery)
  return (
    <>
      <Heading title={t('club.experiences.title')}>{t('club.experiences.text')}</Heading>
      {list.isPending ? (
        <CardSkeletons />
      ) : list.isError ? (
        <Failure problem={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <Nothing title={t('club.experiences.none')} text={t('club.experiences.noneText')} />
      ) : (
        <Cards lead={list.data.length > 3}>
          {list.data.map((experience, at) => (
            <li key={experience.id}>
              <Card
                {...experience}
                text={experience.description}
                first={at === 0}
                price={<Price of={experience} />}
                link={look => (
                  <Link to="/club/experiences/$id" params={{ id: experience.id }} preload="intent" {...look} />
                )}
              />
            </li>
          ))}
        </Cards>
      )}
    </>
  )
}
