import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { Room } from '~/ui/desk/Room'
import { adminGroups, adminPages } from './pages'

export function AdminRoom() {
  const { t } = useTranslation()
  const may = useMay()
  const groups = adminGroups.map(group => ({
    title: t(`admin.groups.${group}`),
    pages: adminPages
      .filter(page => page.group === group && may(page.needs))
      .map(({ to, name }) => ({ to, title: t(`admin.pages.${name}`) })),
  }))
  return <Room label={t('room.admin')} groups={groups.filter(({ pages }) => pages.length > 0)} />
}
