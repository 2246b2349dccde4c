import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { prefer, usePreferences } from '~/app/preferences'
import { IconButton } from '~/ui/IconButton'
import styles from '../Explorer.module.css'
import { FacetsPanel } from './FacetsPanel'
import own from './FacetsSide.module.css'

/** The facets beside the list, folded away by who needs the width. */
export function FacetsSide() {
  const { t } = useTranslation()
  const { facetsOpen } = usePreferences()
  if (!facetsOpen) {
    return (
      <div className={styles.reopen}>
        <IconButton
          label={t('facets.open')}
          icon={IconLayoutSidebarLeftExpand}
          onClick={() => prefer({ facetsOpen: true })}
        />
      </div>
    )
  }
  return (
    <aside className={styles.side} aria-label={t('facets.title')}>
      <div className={own.head}>
        <h2 className={own.title}>{t('facets.title')}</h2>
        <IconButton
          label={t('facets.close')}
          icon={IconLayoutSidebarLeftCollapse}
          onClick={() => prefer({ facetsOpen: false })}
        />
      </div>
      <FacetsPanel />
    </aside>
  )
}
