import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Sheet.module.css'

interface Props {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
}

/** A dialog: in the middle of a large screen, from below on a phone. The browser keeps the focus inside and gives it back. */
export function Sheet({ open, title, onClose, children }: Props) {
  const { t } = useTranslation()
  const place = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = place.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog already; the click is on what lies behind it.
    <dialog
      ref={place}
      className={styles.sheet}
      aria-labelledby={id}
      onClose={onClose}
      onClick={event => event.target === place.current && onClose()}
    >
      {open && (
        <div>
          <header className={styles.head}>
            <h2 className={styles.title} id={id}>
              {title}
            </h2>
            <button type="button" className={styles.close} aria-label={t('common.close')} onClick={onClose}>
              <IconX size={20} stroke={1.5} aria-hidden />
            </button>
          </header>
          <div className={styles.body}>{children}</div>
        </div>
      )}
    </dialog>
  )
}
