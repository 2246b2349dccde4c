import { IconClock, IconPlayerPlay, IconRefresh, IconSearch, IconTextWrap } from '@tabler/icons-react'
import { lazy, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePage } from '~/app/page'
import { useKeys } from '~/ui/keys'
import { useExplorer } from './explorer'
import type { Rows } from './search/useRows'
import { lastOf, presets } from './time/ranges'
import { useRangeLabel } from './time/useRangeLabel'

// Read by few; the help waits for it.
const LanguageHelp = lazy(async () => ({ default: (await import('./query/LanguageHelp')).LanguageHelp }))

/** What the explorer adds to the help and to the command palette, and the keys that belong to no part of it. */
export function useExplorerPage({ live }: Rows) {
  const { t } = useTranslation()
  const { address, change, search, refresh } = useExplorer()
  const { ofLength } = useRangeLabel()
  const toggleLive = () => change({ live: !address.live })
  useKeys({
    l: toggleLive,
    w: () => change({ wrap: !address.wrap }),
    r: refresh,
    ' ': () => (live?.heldFor ? live.release() : live?.hold('reader')),
  })
  usePage(
    // biome-ignore lint/correctness/useExhaustiveDependencies: the actions are those of the address they were made for.
    useMemo(
      () => ({
        title: t('room.logs'),
        keys: [
          { keys: ['/'], what: t('help.query') },
          { keys: ['Enter'], what: t('help.run') },
          { keys: ['d'], what: t('help.time') },
          { keys: ['j', 'k', '↓', '↑'], what: t('help.move') },
          { keys: ['Enter'], what: t('help.open') },
          { keys: ['l'], what: t('help.live') },
          { keys: ['Space'], what: t('help.hold') },
          { keys: ['w'], what: t('help.wrap') },
          { keys: ['r'], what: t('help.refresh') },
        ].map((key, at) => ({ ...key, id: at })),
        help: <LanguageHelp />,
        actions: [
          {
            id: 'live',
            label: t(address.live ? 'palette.leaveLive' : 'palette.goLive'),
            icon: IconPlayerPlay,
            run: toggleLive,
          },
          { id: 'wrap', label: t('list.wrap'), icon: IconTextWrap, run: () => change({ wrap: !address.wrap }) },
          { id: 'refresh', label: t('help.refresh'), icon: IconRefresh, run: refresh },
          { id: 'errors', label: t('palette.errors'), icon: IconSearch, run: () => search('level:(error OR fatal)') },
          ...presets.map(preset => ({
            id: `last-${preset.count}${preset.unit}`,
            label: ofLength(preset),
            icon: IconClock,
            run: () => change({ ...lastOf(preset), live: false }),
          })),
        ],
      }),
      [t, address, change, search, refresh],
    ),
  )
}
