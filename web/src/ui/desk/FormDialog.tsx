import { Button, Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import styles from './Dialogs.module.css'
import { Fault, textOf } from './Fault'

interface Props {
  title: string
  /** The word on the button that does it. */
  submit: string
  danger?: boolean
  size?: number
  onClose: () => void
  /** Resolved, the dialog closes; refused, it stays and says why. */
  onSubmit: (form: FormData) => Promise<unknown>
  /** The fields; each asks by its name what is wrong with it. */
  children: (faultOf: (field: string) => string | undefined) => ReactNode
}

/** Asks for what a change needs. Mount it while it is open. */
export function FormDialog({ title, submit, danger, size = 460, onClose, onSubmit, children }: Props) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const field = problem instanceof Problem ? problem.field : undefined
  const faultOf = (name: string) =>
    name === field ? textOf(problem, t('problem.unreachable.title'), t('problem.other.title')) : undefined

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A dialog over a dialog: the form below it is another one.
    event.stopPropagation()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(null)
    try {
      await onSubmit(form)
      onClose()
    } catch (cause) {
      setProblem(cause)
      setBusy(false)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      <form className={styles.form} onSubmit={event => void send(event)}>
        {children(faultOf)}
        {(!field || field.includes('.')) && <Fault problem={problem} />}
        <div className={styles.foot}>
          <Button variant="default" onClick={onClose}>
            {t('desk.cancel')}
          </Button>
          <Button type="submit" loading={busy} data-danger={danger} className={styles.submit}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
