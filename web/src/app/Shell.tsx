import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '~/ui/keys'
import { PageSkeleton } from '~/ui/PageSkeleton'
import { BottomBar } from './BottomBar'
import { Rail } from './Rail'
import styles from './Shell.module.css'

// Both are brought when they are first asked for.
const Palette = lazy(() => import('./Palette'))
const HelpDialog = lazy(() => import('./HelpDialog'))

type Overlay = 'palette' | 'help'

/** What stands around every page of somebody signed in. */
export function Shell() {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState<Record<Overlay, boolean>>({ palette: false, help: false })
  const [open, setOpen] = useState<Overlay | null>(null)
  const show = (overlay: Overlay) => {
    setWanted(earlier => ({ ...earlier, [overlay]: true }))
    setOpen(overlay)
  }
  const tools = { onPalette: () => show('palette'), onHelp: () => show('help') }
  useKeys({ '?': tools.onHelp, 'mod+k': tools.onPalette })
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('shell.skip')}
      </a>
      <Rail {...tools} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomBar {...tools} />
      <Suspense fallback={null}>
        {wanted.palette && <Palette opened={open === 'palette'} onClose={() => setOpen(null)} onHelp={tools.onHelp} />}
        {wanted.help && <HelpDialog opened={open === 'help'} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  )
}

export interface Tools {
  onPalette: () => void
  onHelp: () => void
}
