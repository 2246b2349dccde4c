import { Button, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useExplorer } from '../explorer'
import { clausesOf } from '../query/tokens'
import { FacetsPanel } from './FacetsPanel'

/** The facets of a phone: a sheet that rises from the foot of the screen. */
export default function FacetsSheet() {
  const { t } = useTranslation()
  const { address } = useExplorer()
  const [opened, { open, close }] = useDisclosure(false)
  const conditions = clausesOf(address.query)?.filter(clause => clause.field !== null).length ?? 0
  return (
    <>
      <Button
        variant="default"
        h={40}
        px={12}
        leftSection={<IconFilter size={16} stroke={1.75} aria-hidden />}
        onClick={open}
        aria-haspopup="dialog"
      >
        {conditions > 0 ? t('facets.sheetWith', { count: conditions }) : t('facets.title')}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        size="78%"
        title={t('facets.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        radius="lg"
      >
        <FacetsPanel />
      </Drawer>
    </>
  )
}
