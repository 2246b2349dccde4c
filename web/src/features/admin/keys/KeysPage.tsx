import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { Section, Sheet } from '~/ui/desk/Sheet'
import { applicationsQuery } from '../people/people'
import { ApplicationDialog, ApplicationList } from './ApplicationList'
import { KeyDialog } from './KeyDialog'
import { KeyList } from './KeyList'

export function KeysPage() {
  const { t } = useTranslation()
  const manages = useMay()('identity.manage')
  const [makes, setMakes] = useState(false)
  /** The new key's whole text. It lives here and nowhere else, and is gone with the dialog. */
  const [made, setMade] = useState<string | null>(null)
  const applications = useQuery(applicationsQuery)
  const [names, setNames] = useState(false)
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMakes(true)}>
      {t('admin.keys.add')}
    </Button>
  )
  const addApplication = manages && (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNames(true)}>
      {t('admin.applications.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.keys')} about={t('admin.keys.about')} actions={add}>
      <KeyList add={add} onMade={setMade} />
      <Section title={t('admin.applications.title')} about={t('admin.applications.about')} actions={addApplication}>
        <ApplicationList add={addApplication} />
      </Section>
      {names && <ApplicationDialog application={null} onClose={() => setNames(false)} />}
      {makes && <KeyDialog applications={applications.data ?? []} onClose={() => setMakes(false)} onMade={setMade} />}
      {made && (
        <OnceDialog
          title={t('admin.keys.made')}
          text={t('admin.keys.madeText')}
          secrets={[{ name: t('admin.keys.key'), value: made }]}
          onClose={() => setMade(null)}
        />
      )}
    </Sheet>
  )
}
