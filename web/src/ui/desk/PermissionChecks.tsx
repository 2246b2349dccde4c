import { Checkbox } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Permissions.module.css'
import { areasOf } from './permissions'

interface Props {
  /** Of the form's field; each checked permission is a value of it. */
  name: string
  label: string
  /** Nobody may give what he does not hold. */
  offered: readonly string[]
  chosen?: readonly string[]
  fault?: string | undefined
}

/** Permissions as a matrix: an area a row, a verb a column. */
export function PermissionChecks({ name, label, offered, chosen = [], fault }: Props) {
  const { t } = useTranslation()
  const { verbs, areas } = useMemo(() => areasOf(offered), [offered])
  return (
    <fieldset className={styles.matrix} aria-invalid={fault ? true : undefined}>
      <legend className={styles.legend}>{label}</legend>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {areas.map(({ area, held }) => (
        <div key={area} className={styles.area}>
          <span className={styles.name}>{area}</span>
          {verbs.map(verb => (
            <span key={verb} className={styles.verb}>
              {held.has(verb) && (
                <Checkbox
                  name={name}
                  value={`${area}.${verb}`}
                  label={t(`desk.verbs.${verb as 'read'}`, { defaultValue: verb })}
                  aria-label={`${area}.${verb}`}
                  defaultChecked={chosen.includes(`${area}.${verb}`)}
                  size="xs"
                />
              )}
            </span>
          ))}
        </div>
      ))}
    </fieldset>
  )
}
