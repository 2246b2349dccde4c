import { Menu } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AccountMenu, initialsOf } from './AccountMenu'
import { roomsOf } from './rooms'
import type { Tools } from './Shell'
import styles from './Shell.module.css'
import { StatusDot } from './StatusDot'
import { useSession } from './session'

/** The rail of a phone, where a thumb reaches it. */
export function BottomBar({ onPalette, onHelp }: Tools) {
  const { t } = useTranslation()
  const session = useSession()
  return (
    <nav className={styles.bar} aria-label={t('shell.rooms')}>
      {roomsOf(session).map(({ name, path, icon: Glyph }) => (
        <Link key={name} to={path} className={styles.room}>
          <Glyph size={20} stroke={1.6} aria-hidden />
          {t(`room.${name}`)}
        </Link>
      ))}
      <button type="button" className={styles.room} onClick={onPalette}>
        <IconSearch size={20} stroke={1.6} aria-hidden />
        {t('shell.find')}
      </button>
      {session.permissions.includes('platform.read') && (
        <Link to="/status" className={styles.room}>
          <span className={styles.glyph}>
            <StatusDot />
          </span>
          {t('shell.status')}
        </Link>
      )}
      <AccountMenu position="top-end" onHelp={onHelp}>
        <Menu.Target>
          <button type="button" className={styles.room} aria-label={t('shell.account', { name: session.user.name })}>
            <span className={styles.initials}>{initialsOf(session.user.name)}</span>
          </button>
        </Menu.Target>
      </AccountMenu>
    </nav>
  )
}
