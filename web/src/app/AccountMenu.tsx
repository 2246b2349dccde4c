import { Menu, type MenuProps, useMantineColorScheme } from '@mantine/core'
import {
  IconCheck,
  IconClock,
  IconDeviceDesktop,
  IconHelp,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCog,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { languages, switchLanguage } from '~/i18n'
import { systemZone } from '~/ui/time'
import { prefer, usePreferences } from './preferences'
import { useSession } from './session'
import { useLeave } from './useLeave'

const ZoneItems = lazy(async () => ({ default: (await import('./ZoneItems')).ZoneItems }))

interface Props {
  position: MenuProps['position']
  onHelp?: () => void
  /** The target that opens the menu. */
  children: ReactNode
}

const themes = [
  { scheme: 'auto', icon: IconDeviceDesktop },
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
] as const

/** Who is signed in, how the application looks and speaks to him, and the way out. */
export function AccountMenu({ position, onHelp, children }: Props) {
  const { t } = useTranslation()
  const { user, organization } = useSession()
  const { language, zone } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useLeave()
  return (
    <Menu position={position} width={240} offset={8}>
      {children}
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {organization.name}
          <br />
          {user.email}
        </Menu.Label>
        <Menu.Divider />
        {themes.map(({ scheme, icon: Glyph }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Glyph size={16} stroke={1.6} aria-hidden />}
            rightSection={colorScheme === scheme && <IconCheck size={14} aria-label={t('shell.chosen')} />}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`theme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {languages.map(({ code, name }) => (
          <Menu.Item
            key={code}
            lang={code}
            leftSection={<IconLanguage size={16} stroke={1.6} aria-hidden />}
            rightSection={language === code && <IconCheck size={14} aria-label={t('shell.chosen')} />}
            closeMenuOnClick={false}
            onClick={() => {
              prefer({ language: code })
              void switchLanguage(code)
            }}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconClock size={16} stroke={1.6} aria-hidden />}>
              {t('zone.title', { zone: zone === 'system' ? systemZone() : zone })}
            </Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Suspense fallback={null}>
              <ZoneItems />
            </Suspense>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUserCog size={16} stroke={1.6} aria-hidden />}
          renderRoot={props => <Link to="/account" {...props} />}
        >
          {t('shell.myAccount')}
        </Menu.Item>
        {onHelp && (
          <Menu.Item leftSection={<IconHelp size={16} stroke={1.6} aria-hidden />} onClick={onHelp}>
            {t('shell.help')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />} onClick={() => void leave()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase() || '·'
}
