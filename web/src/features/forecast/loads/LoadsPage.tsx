import { Button, Skeleton } from '@mantine/core'
import { IconDatabaseImport, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Notice } from '~/ui/Notice'
import { ProblemNotice } from '~/ui/ProblemNotice'
import { loadsQuery } from '../data/calls'
import { nextOf, useFollowed } from '../data/follow'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { LoadRows } from './LoadRows'
import styles from './Loads.module.css'
import { Sources } from './Sources'

/** What came in, from where, and what comes in by itself. */
export function LoadsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const loads = useQuery(loadsQuery)
  useFollowed('loads', nextOf(loads.data?.items))
  return (
    <Frame
      title={t('forecast.page.loads')}
      about={t('forecast.loads.about')}
      tools={
        may('forecast.write') && (
          <Button
            leftSection={<IconUpload size={16} aria-hidden />}
            renderRoot={props => <Link to="/forecast/loads/new" search={{}} {...props} />}
          >
            {t('forecast.loads.new')}
          </Button>
        )
      }
    >
      <div className={styles.parts}>
        <Panel title={t('forecast.loads.runs')}>
          {loads.isError ? (
            <ProblemNotice problem={loads.error} onRetry={() => void loads.refetch()} />
          ) : loads.isPending ? (
            <Skeleton height={180} />
          ) : loads.data.items.length === 0 ? (
            <Notice
              icon={IconDatabaseImport}
              title={t('forecast.loads.none')}
              text={t(may('forecast.write') ? 'forecast.empty.load' : 'forecast.empty.ask')}
            />
          ) : (
            <LoadRows loads={loads.data.items} />
          )}
        </Panel>
        <Sources />
      </div>
    </Frame>
  )
}
