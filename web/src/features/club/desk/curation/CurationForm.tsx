import { Button, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import desk from '../Desk.module.css'
import { Refused } from '../Refused'
import { PicturesField } from './PicturesField'
import { StateField } from './StateField'

interface Shown {
  pictures: string[]
  state: string
}

interface Props {
  title: string
  draft: Shown
  set: (patch: Partial<Shown>) => void
  save: { isPending: boolean; error: Error | null }
  onSubmit: (event: FormEvent) => void
  onClose: () => void
  /** The words and figures; pictures and state come after them. */
  children: ReactNode
}

/** The dialog in which something that members see is written. */
export function CurationForm({ title, draft, set, save, onSubmit, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={<span className={desk.dialogTitle}>{title}</span>}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={desk.form} onSubmit={onSubmit} noValidate>
        {children}
        <PicturesField pictures={draft.pictures} onChange={pictures => set({ pictures })} />
        <StateField state={draft.state} onChange={state => set({ state })} />
        {save.error && <Refused problem={save.error} />}
        <div className={desk.actions}>
          <Button type="submit" loading={save.isPending}>
            {t('clubDesk.programme.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('clubDesk.leave')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
