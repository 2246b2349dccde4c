import { Button, Popover } from '@mantine/core'
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconClock, IconZoomOut } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { IconButton } from '~/ui/IconButton'
import { useKeys } from '~/ui/keys'
import { useExplorer } from '../explorer'
import { type Range, shifted, widened } from './ranges'
import styles from './TimePicker.module.css'
import { useRangeLabel } from './useRangeLabel'

// Brought when the picker is opened for the first time.
const TimeChoices = lazy(async () => ({ default: (await import('./TimeChoices')).TimeChoices }))

/** The range of time that is searched. While live, it is simply now. */
export function TimePicker() {
  const { t } = useTranslation()
  const { address, change } = useExplorer()
  const [opened, setOpened] = useState(false)
  const { ofRange } = useRangeLabel()
  const time = useTimeFormat()
  useKeys({ d: () => setOpened(true) })
  const choose = (range: Range) => {
    setOpened(false)
    change({ ...range, live: false })
  }
  return (
    <div className={styles.picker}>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        trapFocus
        returnFocus
        shadow="md"
        width={460}
        offset={6}
      >
        <Popover.Target>
          <Button
            variant="default"
            className={styles.target}
            leftSection={<IconClock size={16} stroke={1.75} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            onClick={() => setOpened(open => !open)}
            aria-haspopup="dialog"
          >
            <span className={styles.label}>{address.live ? t('live.now') : ofRange(address)}</span>
            <span className={styles.zone}>{time.zoneName}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={styles.dropdown} aria-label={t('time.title')}>
          <Suspense fallback={null}>
            <TimeChoices range={address} onChoose={choose} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <div className={styles.steps}>
        <IconButton
          label={t('time.earlier')}
          icon={IconChevronLeft}
          onClick={() => choose(shifted(address, -1, Date.now()))}
        />
        <IconButton
          label={t('time.later')}
          icon={IconChevronRight}
          onClick={() => choose(shifted(address, 1, Date.now()))}
        />
        <IconButton label={t('time.wider')} icon={IconZoomOut} onClick={() => choose(widened(address, Date.now()))} />
      </div>
    </div>
  )
}
