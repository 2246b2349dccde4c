import { Select } from '@mantine/core'

interface Props {
  label: string
  applications: readonly { id: string; name: string }[]
  fault: string | undefined
}

/** Which application a program belongs to: the form's field `applicationId`. The first is chosen as soon as it is known. */
export function ApplicationSelect({ label, applications, fault }: Props) {
  return (
    <Select
      key={applications[0]?.id}
      name="applicationId"
      label={label}
      data={applications.map(({ id, name }) => ({ value: id, label: name }))}
      defaultValue={applications[0]?.id ?? null}
      allowDeselect={false}
      error={fault}
    />
  )
}
