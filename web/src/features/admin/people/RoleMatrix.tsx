import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Role } from '~/api/types'
import styles from './Matrix.module.css'
import { permissionsQuery } from './people'

/** Who may what, at a glance: a permission a row, a role a column. */
export function RoleMatrix({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation()
  const permissions = useQuery(permissionsQuery)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys.
    <section className={styles.frame} aria-label={t('admin.roles.matrix')} tabIndex={0}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('admin.roles.permission')}</th>
            {roles.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.data?.map(({ name, description }) => (
            <tr key={name}>
              <th scope="row" title={description}>
                {name}
              </th>
              {roles.map(role => {
                const held = role.permissions.includes(name)
                return (
                  <td key={role.name} data-held={held}>
                    <span aria-hidden="true">{held ? '●' : '·'}</span>
                    <span className="visually-hidden">{t(held ? 'admin.roles.yes' : 'admin.roles.no')}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
