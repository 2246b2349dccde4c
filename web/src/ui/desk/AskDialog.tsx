import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FormDialog } from './FormDialog'

interface Props {
  title: string
  /** What will happen, and to whom. */
  text: string
  submit: string
  danger?: boolean
  /** Asks why, too: the answer is kept in the audit. */
  because?: boolean
  onClose: () => void
  onSubmit: (reason: string) => Promise<unknown>
}

/** Makes sure before something that cannot be taken back, or not by a click. */
export function AskDialog({ title, text, submit, danger = true, because, onClose, onSubmit }: Props) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={title}
      submit={submit}
      danger={danger}
      onClose={onClose}
      onSubmit={form => onSubmit(String(form.get('reason') ?? '').trim())}
    >
      {faultOf => (
        <>
          <p>{text}</p>
          {because && (
            <TextInput name="reason" label={t('desk.reason')} error={faultOf('reason')} required data-autofocus />
          )}
        </>
      )}
    </FormDialog>
  )
}
