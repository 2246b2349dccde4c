import type { ActionIconProps } from '@mantine/core'
import { type Icon, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton'

interface Props {
  label: string
  icon: Icon
  /** Made only when it is wanted. */
  text: () => string
  size?: ActionIconProps['size']
}

/** Long enough to be seen, short enough not to be in the way of the next copy. */
const doneMs = 1_200

/** Copies and says so where the eye already is. */
export function CopyButton({ label, icon, text, size }: Props) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text())
    setDone(true)
    setTimeout(() => setDone(false), doneMs)
  }
  return (
    <IconButton
      label={done ? t('common.copied') : label}
      icon={done ? IconCheck : icon}
      onClick={() => void copy()}
      {...(size !== undefined && { size })}
    />
  )
}
