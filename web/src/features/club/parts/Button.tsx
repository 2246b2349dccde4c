import type { ComponentPropsWithoutRef } from 'react'
import styles from './Button.module.css'

interface Props extends ComponentPropsWithoutRef<'button'> {
  look?: 'strong' | 'quiet' | 'bare'
  wide?: boolean
  busy?: boolean
}

/** The class of a link that looks like a button. */
export const buttonClass = styles.button

/** A large, calm button. While busy it keeps its size and its focus, and takes no second tap. */
export function Button({ look = 'strong', wide, busy = false, type = 'button', children, onClick, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={styles.button}
      data-look={look}
      data-wide={wide || undefined}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={event => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {children}
      {busy && (
        <span className={styles.dots} aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
    </button>
  )
}
