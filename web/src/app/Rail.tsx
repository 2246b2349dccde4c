import { Menu, Tooltip } from '@mantine/core'
import { IconHelp, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Mark } from '~/ui/Mark'
import { AccountMenu, initialsOf } from './AccountMenu'
import { roomsOf } from './rooms'
import type { Tools } from './Shell'
import styles from './Shell.module.css'
import { StatusDot } from './StatusDot'
import { useSession } from './session'

export function Rail({ onPalette, onHelp }: Tools) {
  const { t } = useTranslation()
  const session = useSession()
  return (
    <nav className={styles.rail} aria-label={t('shell.rooms')}>
      <Link to="/" className={styles.mark} aria-label={t('shell.home')}>
        <Mark />
      </Link>
      <ul className={styles.rooms}>
        {roomsOf(session).map(({ name, path, icon: Glyph }) => (
          <li key={name}>
            <Link to={path} className={styles.room} preload="intent">
              <Glyph size={20} stroke={1.6} aria-hidden />
              {t(`room.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.tools}>
        <Tool label={t('shell.palette')} shortcut="Ctrl K" onClick={onPalette}>
          <IconSearch size={18} stroke={1.6} aria-hidden />
        </Tool>
        <Tool label={t('shell.help')} shortcut="?" onClick={onHelp}>
          <IconHelp size={18} stroke={1.6} aria-hidden />
        </Tool>
        {session.permissions.includes('platform.read') && (
          <Tooltip label={t('status.title')} position="right" openDelay={300}>
            <Link to="/status" className={styles.tool} aria-label={t('status.title')}>
              <StatusDot />
            </Link>
          </Tooltip>
        )}
        <AccountMenu position="right-end">
          <Menu.Target>
            <button type="button" className={styles.tool} aria-label={t('shell.account', { name: session.user.name })}>
              <span className={styles.initials}>{initialsOf(session.user.name)}</span>
            </button>
          </Menu.Target>
        </AccountMenu>
      </div>
    </nav>
  )
}

interface ToolProps {
  label: string
  shortcut: string
  onClick: () => void
  children: React.ReactNode
}

function Tool({ label, shortcut, onClick, children }: ToolProps) {
  return (
    <Tooltip label={`${label} (${shortcut})`} position="right" openDelay={300}>
      <button type="button" className={styles.tool} aria-label={label} onClick={onClick}>
        {children}
      </button>
    </Tooltip>
  )
}
