import { Button, Skeleton } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { Desk, DeskSheet } from '../Desk'
import { programmeQuery } from '../queries'
import { ExperienceForm } from './ExperienceForm'
import { ProgrammeTable } from './ProgrammeTable'

const adding = 'new'

/** What members can book: words, pictures, prices, the house behind it, and the order in which they see it. */
export function ProgrammePage() {
  const { t } = useTranslation()
  const { edit } = useSearch({ from: '/shell/club/desk/programme' })
  const navigate = useNavigate({ from: '/club/desk/programme' })
  const list = useQuery(programmeQuery)
  const open = (id: string | null) => void navigate({ search: id === null ? {} : { edit: id } })
  const edited = list.data?.find(one => one.id === edit) ?? null
  const add = <Button onClick={() => open(adding)}>{t('clubDesk.programme.add')}</Button>
  return (
    <Desk tab="programme">
      <DeskSheet title={t('clubDesk.programme.title')} about={t('clubDesk.programme.about')} actions={add}>
        {list.isPending ? (
          <Skeleton height={420} />
        ) : !list.data ? (
          <ProblemNotice problem={list.error} onRetry={() => void list.refetch()} />
        ) : list.data.length === 0 ? (
          <Notice
            icon={IconCalendarPlus}
            title={t('clubDesk.programme.none')}
            text={t('clubDesk.programme.noneText')}
          />
        ) : (
          <ProgrammeTable experiences={list.data} onOpen={open} />
        )}
        {list.data && (edit === adding || edited) && (
          <ExperienceForm key={edit} experience={edit === adding ? null : edited} onClose={() => open(null)} />
        )}
      </DeskSheet>
    </Desk>
  )
}
