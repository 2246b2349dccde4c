import { IconFileSettings } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Listing } from '~/ui/desk/Listing'
import { Sheet } from '~/ui/desk/Sheet'
import { Notice } from '~/ui/Notice'
import { documentsQuery } from './documents'

export function ConfigurationPage() {
  const { t } = useTranslation()
  const documents = useQuery(documentsQuery)
  return (
    <Sheet title={t('admin.pages.configuration')} about={t('admin.configuration.about')}>
      <Listing
        label={t('admin.pages.configuration')}
        query={documents}
        rowKey={document => document.name}
        columns={[
          {
            head: t('admin.name'),
            cell: ({ name }) => {
              const [area = '', item = ''] = name.split('/')
              return (
                <Link to="/admin/configuration/$area/$item" params={{ area, item }}>
                  {name}
                </Link>
              )
            },
          },
          { head: t('admin.configuration.inForce'), end: true, width: '140px', cell: ({ revision }) => `#${revision}` },
        ]}
        empty={<Notice icon={IconFileSettings} title={t('admin.configuration.none')} />}
      />
    </Sheet>
  )
}
