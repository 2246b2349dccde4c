import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { systemZone } from '~/ui/time'
import { prefer, usePreferences } from './preferences'

/** One city for each offset people here work with; the machine's own zone comes first. */
const zones = [
  'UTC',
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Rome',
  'Europe/Athens',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
]

export function ZoneItems() {
  const { t } = useTranslation()
  const { zone } = usePreferences()
  const chosen = <IconCheck size={14} aria-label={t('shell.chosen')} />
  return (
    <>
      <Menu.Item rightSection={zone === 'system' && chosen} onClick={() => prefer({ zone: 'system' })}>
        {t('zone.system', { zone: systemZone() })}
      </Menu.Item>
      <Menu.Divider />
      {zones.map(name => (
        <Menu.Item key={name} rightSection={zone === name && chosen} onClick={() => prefer({ zone: name })}>
          {name.replace(/^.*\//, '').replace('_', ' ')}
        </Menu.Item>
      ))}
    </>
  )
}
