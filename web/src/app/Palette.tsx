import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight'
import {
  IconActivityHeartbeat,
  IconBinaryTree,
  IconHelp,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconUserCog,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languages, switchLanguage } from '~/i18n'
import { useOpenPage } from './page'
import { prefer, usePreferences } from './preferences'
import { roomsOf } from './rooms'
import { useSession } from './session'
import { useLeave } from './useLeave'

interface Props {
  opened: boolean
  onClose: () => void
  onHelp: () => void
}

/** Every page and action by its name. A trace or a sequence that is pasted leads to its records. */
export default function Palette({ opened, onClose, onHelp }: Props) {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const page = useOpenPage()
  const leave = useLeave()
  const { language } = usePreferences()
  const { setColorScheme } = useMantineColorScheme()
  const [typed, setTyped] = useState('')
  useEffect(() => (opened ? spotlight.open() : spotlight.close()), [opened])

  const found: SpotlightActionData[] = []
  const id = typed.trim().toLowerCase()
  if (/^[0-9a-f]{32}$/.test(id)) {
    const open = () =>
      void navigate({ to: '/logs', search: { q: `trace:${id}`, from: 'now-7d', to: 'now', order: 'asc' } })
    found.push({
      id: 'trace',
      label: t('palette.trace'),
      description: id,
      leftSection: <IconBinaryTree size={18} />,
      onClick: open,
      keywords: id,
    })
  } else if (/^\d{6,20}$/.test(id)) {
    const open = () => void navigate({ to: '/logs/records/$sequence', params: { sequence: id } })
    found.push({
      id: 'record',
      label: t('palette.record'),
      description: id,
      leftSection: <IconSearch size={18} />,
      onClick: open,
      keywords: id,
    })
  }

  const here = (page?.actions ?? []).map(({ id, label, description, icon: Glyph, run }) => ({
    id,
    label,
    ...(description && { description }),
    leftSection: <Glyph size={18} stroke={1.6} />,
    onClick: run,
  }))
  const places = roomsOf(session).map(({ name, path, icon: Glyph }) => ({
    id: name,
    label: t(`room.${name}`),
    description: t(`roomAbout.${name}`),
    leftSection: <Glyph size={18} stroke={1.6} />,
    onClick: () => void navigate({ to: path }),
  }))
  const other = languages.filter(({ code }) => code !== language)
  const everywhere: SpotlightActionData[] = [
    ...(session.permissions.includes('platform.read')
      ? [
          {
            id: 'status',
            label: t('status.title'),
            leftSection: <IconActivityHeartbeat size={18} stroke={1.6} />,
            onClick: () => void navigate({ to: '/status' }),
          },
        ]
      : []),
    {
      id: 'account',
      label: t('shell.myAccount'),
      leftSection: <IconUserCog size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: '/account' }),
    },
    {
      id: 'light',
      label: t('palette.light'),
      leftSection: <IconSun size={18} stroke={1.6} />,
      onClick: () => setColorScheme('light'),
    },
    {
      id: 'dark',
      label: t('palette.dark'),
      leftSection: <IconMoon size={18} stroke={1.6} />,
      onClick: () => setColorScheme('dark'),
    },
    ...other.map(({ code, name }) => ({
      id: `language-${code}`,
      label: name,
      leftSection: <IconLanguage size={18} stroke={1.6} />,
      onClick: () => {
        prefer({ language: code })
        void switchLanguage(code)
      },
    })),
    { id: 'help', label: t('shell.help'), leftSection: <IconHelp size={18} stroke={1.6} />, onClick: onHelp },
    {
      id: 'sign-out',
      label: t('shell.signOut'),
      leftSection: <IconLogout size={18} stroke={1.6} />,
      onClick: () => void leave(),
    },
  ]
  const groups = [
    { group: t('palette.found'), actions: found },
    { group: page?.title ?? '', actions: here },
    { group: t('palette.pages'), actions: places },
    { group: t('palette.everywhere'), actions: everywhere },
  ].filter(({ actions }) => actions.length > 0)
  return (
    <Spotlight
      actions={groups}
      onSpotlightClose={onClose}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      nothingFound={t('palette.nothing')}
      searchProps={{
        placeholder: t('palette.placeholder'),
        leftSection: <IconSearch size={18} stroke={1.6} aria-hidden />,
        'aria-label': t('shell.palette'),
      }}
      overlayProps={{ color: 'var(--scrim)', backgroundOpacity: 1, blur: 0 }}
      highlightQuery
      scrollable
      maxHeight={420}
      // Scrolled by the keyboard too, when no action in it has the focus.
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    />
  )
}
