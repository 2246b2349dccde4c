import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { OnceDialog } from '~/ui/desk/OnceDialog'
import { Sheet } from '~/ui/desk/Sheet'
import { KeyDialog } from './KeyDialog'
import { KeyList } from './KeyList'
import { keysQuery } from './keys'

export function KeysPage() {
  const { t } = useTranslation()
  const manages = useMay()('identity.manage')
  const keys = useQuery(keysQuery)
  const [makes, setMakes] = useState(false)
  /** The new key's whole text. It lives here and nowhere else, and is gone with the dialog. */
  const [made, setMade] = useState<string | null>(null)
  const applications = useMemo(
    () => [
      ...new Map(
        keys.data?.map(key => [key.applicationId, { id: key.applicationId, name: key.applicationName }]),
      ).values(),
    ],
    [keys.data],
  )
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMakes(true)}>
      {t('admin.keys.add')}
    </Button>
  )
  return (
    <Sheet title={t('admin.pages.keys')} about={t('admin.keys.about')} actions={add}>
      <KeyList add={add} onMade={setMade} />
      {makes && <KeyDialog applications={applications} onClose={() => setMakes(false)} onMade={setMade} />}
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
