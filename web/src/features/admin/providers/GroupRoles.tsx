import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '~/app/session'
import permissions from '~/ui/desk/Permissions.module.css'
import { IconButton } from '~/ui/IconButton'
import { rolesQuery } from '../people/people'
import styles from './Providers.module.css'

interface Props {
  chosen: readonly { group: string | null; role: string | null }[]
  fault: string | undefined
}

/** Groups of the provider's directory, each with the role that its people get here. */
export function GroupRoles({ chosen, fault }: Props) {
  const { t } = useTranslation()
  const { permissions: held } = useSession()
  const roles = useQuery(rolesQuery)
  const next = useRef(chosen.length)
  const [lines, setLines] = useState(() => chosen.map((line, id) => ({ ...line, id })))
  const offered = (roles.data ?? []).map(role => ({
    value: role.name,
    label: role.title || role.name,
    disabled: !role.permissions.every(permission => held.includes(permission)),
  }))
  return (
    <fieldset className={permissions.matrix}>
      <legend className={permissions.legend}>{t('admin.providers.groupRoles')}</legend>
      {fault && (
        <p className={permissions.fault} role="alert">
          {fault}
        </p>
      )}
      {lines.map(({ id, group, role }) => (
        <div key={id} className={styles.line}>
          <TextInput
            name="group"
            aria-label={t('admin.providers.group')}
            placeholder={t('admin.providers.group')}
            defaultValue={group ?? ''}
            required
          />
          <Select
            name="groupRole"
            aria-label={t('admin.users.role')}
            data={offered}
            defaultValue={role || offered.find(({ disabled }) => !disabled)?.value || null}
            allowDeselect={false}
          />
          <IconButton
            label={t('admin.remove')}
            icon={IconX}
            onClick={() => setLines(earlier => earlier.filter(line => line.id !== id))}
          />
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={!roles.data}
        onClick={() => setLines(earlier => [...earlier, { id: next.current++, group: '', role: '' }])}
      >
        {t('admin.providers.addGroup')}
      </Button>
    </fieldset>
  )
}
