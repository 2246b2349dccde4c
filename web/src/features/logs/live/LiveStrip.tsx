import { Button } from '@mantine/core'
import { IconArrowUp, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import styles from './LiveStrip.module.css'
import { liveRowsMax } from './session'
import type { Live } from './useLive'

interface Props {
  live: Live
  /** Shows what waits and lets the list run on. */
  onResume: () => void
}

/** What the stream is doing: its rate, what was left out, whether it is held and what waits meanwhile. */
export function LiveStrip({ live, onResume }: Props) {
  const { t } = useTranslation()
  const { count, compact } = useNumberFormat()
  const { phase, perSecond, dropped, waiting, refusal } = live.state
  const held = live.heldFor !== null
  const waitingText = waiting >= liveRowsMax ? `${compact(waiting)}+` : count(waiting)
  return (
    <div className={styles.strip} data-phase={phase} data-held={held || undefined}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.phase} role="status">
        {held ? t(`live.held.${live.heldFor ?? 'reader'}`) : t(`live.phase.${phase}`)}
      </span>
      {phase === 'watching' && <span className={styles.figure}>{t('live.rate', { rate: compact(perSecond) })}</span>}
      {dropped > 0 && (
        <span className={styles.dropped}>{t('live.dropped', { count: dropped, shown: count(dropped) })}</span>
      )}
      {refusal && <span className={styles.dropped}>{refusal.detail}</span>}
      <span className={styles.space} />
      {held ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={onResume}
        >
          {t('live.resume')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlayerPause size={14} aria-hidden />}
          onClick={() => live.hold('reader')}
        >
          {t('live.hold')}
        </Button>
      )}
      {held && waiting > 0 && (
        <button type="button" className={styles.pill} onClick={onResume}>
          <IconArrowUp size={14} aria-hidden />
          {t('live.new', { count: waiting, shown: waitingText })}
        </button>
      )}
    </div>
  )
}
