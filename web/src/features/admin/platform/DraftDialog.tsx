import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Problem } from '~/api/problem'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { FormDialog } from '~/ui/desk/FormDialog'
import type { ConfigurationDocument } from './documents'

interface Props {
  document: ConfigurationDocument
  body: unknown
  onClose: () => void
}

/** A document is written whole, as JSON. It comes into force only by a second step. */
export function DraftDialog({ document, body, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={t('admin.draft.writeTitle', { name: document.name })}
      submit={t('admin.draft.save')}
      size={860}
      onClose={onClose}
      onSubmit={form =>
        document.draft.mutateAsync({ body: parse(String(form.get('body'))), note: String(form.get('note')) })
      }
    >
      {faultOf => (
        <>
          <Textarea
            name="body"
            label={t('admin.draft.json')}
            error={faultOf('body')}
            defaultValue={JSON.stringify(body, null, 2)}
            rows={22}
            spellCheck={false}
            classNames={{ input: dialogs.code }}
            data-autofocus
          />
          <TextInput
            name="note"
            label={t('admin.note')}
            description={t('admin.draft.noteHint')}
            error={faultOf('note')}
          />
        </>
      )}
    </FormDialog>
  )
}

/** What cannot be read is said where it stands, in the words of the browser. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Problem(400, 'not-json', cause instanceof Error ? cause.message : '', { field: 'body' })
  }
}
