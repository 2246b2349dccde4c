import { Button, Modal, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Desk.module.css'
import { Refused } from './Refused'

interface Props {
  title: string
  about: string
  submit: string
  danger?: boolean
  busy: boolean
  /** Something else is missing yet. */
  closed?: boolean
  problem: Error | null
  onClose: () => void
  onSubmit: (reason: string, form: FormData) => void
  children?: ReactNode
}

/** Asks why, for whoever looks at it later; an action without a reason is not taken. */
export function ReasonDialog({
  title,
  about,
  submit,
  danger,
  busy,
  closed,
  problem,
  onClose,
  onSubmit,
  children,
}: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!busy && !closed && reason.trim() !== '') onSubmit(reason.trim(), new FormData(event.currentTarget))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className={styles.dialogTitle}>{title}</span>}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={styles.form} onSubmit={send}>
        <p className={styles.quiet}>{about}</p>
        {children}
        <Textarea
          {...(!children && { 'data-autofocus': true })}
          label={t('clubDesk.reason')}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
          maxLength={500}
          rows={3}
          required
          withAsterisk={false}
        />
        {problem && <Refused problem={problem} />}
        <div className={styles.actions}>
          <Button
            type="submit"
            loading={busy}
            disabled={closed || reason.trim() === ''}
            {...(danger && { color: 'var(--bad)' })}
          >
            {submit}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('clubDesk.leave')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
