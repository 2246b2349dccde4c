import { Button } from '@mantine/core'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '~/ui/IconButton'
import styles from './Explorer.module.css'
import { useExplorer } from './explorer'
import { TimePicker } from './time/TimePicker'

// Only a narrow screen needs the sheet.
const FacetsSheet = lazy(() => import('./facets/FacetsSheet'))

/** What is asked, of which time, and whether it goes on. */
export function Toolbar({ narrow, children }: { narrow: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const { address, change, refresh } = useExplorer()
  return (
    <div className={styles.toolbar} role="search">
      {children}
      {narrow && (
        <Suspense fallback={null}>
          <FacetsSheet />
        </Suspense>
      )}
      <TimePicker />
      {!narrow && (
        <IconButton
          size={36}
          label={t('help.refresh')}
          shortcut="R"
          icon={IconRefresh}
          onClick={refresh}
          disabled={address.live}
        />
      )}
      <Button
        className={styles.live}
        variant={address.live ? 'filled' : 'default'}
        aria-pressed={address.live}
        leftSection={
          address.live ? <IconPlayerStop size={15} aria-hidden /> : <span className={styles.pulse} aria-hidden="true" />
        }
        onClick={() => change({ live: !address.live })}
      >
        {t('live.title')}
      </Button>
    </div>
  )
}
