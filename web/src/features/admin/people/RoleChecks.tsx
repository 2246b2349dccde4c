import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSession } from '~/app/session'
import styles from '~/ui/desk/Permissions.module.css'
import { rolesQuery } from './people'

interface Props {
  label?: string
  chosen?: readonly string[]
  fault?: string | undefined
}

/** The roles of a person. One that holds more than the reader does cannot be given by him, but stays when it is there. */
export function RoleChecks({ label, chosen = [], fault }: Props) {
  const { t } = useTranslation()
  const { permissions } = useSession()
  const roles = useQuery(rolesQuery)
  return (
    <fieldset className={styles.matrix}>
      <legend className={styles.legend}>{label ?? t('admin.users.roles')}</legend>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.roles}>
        {roles.data?.map(role => (
          <Checkbox
            key={role.name}
            name="roles"
            value={role.name}
            label={role.title || role.name}
            defaultChecked={chosen.includes(role.name)}
            disabled={!chosen.includes(role.name) && !role.permissions.every(held => permissions.includes(held))}
          />
        ))}
      </div>
    </fieldset>
  )
}
