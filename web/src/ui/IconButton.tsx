import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ComponentPropsWithoutRef, Ref } from 'react'

interface Props extends ActionIconProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ActionIconProps> {
  /** Says what the button does: its tooltip and its name for a screen reader. */
  label: string
  icon: Icon
  shortcut?: string
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ label, icon: Glyph, shortcut, ref, size = 28, ...rest }: Props) {
  return (
    <Tooltip label={shortcut ? `${label} (${shortcut})` : label} openDelay={400} withArrow={false}>
      <ActionIcon ref={ref} variant="subtle" color="gray" size={size} aria-label={label} {...rest}>
        <Glyph size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
