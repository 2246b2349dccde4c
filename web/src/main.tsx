import './ui/styles'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onSessionExpired } from './api/client'
import { preferences } from './app/preferences'
import { queryClient } from './app/queryClient'
import { router } from './app/router'
import { sessionQuery } from './app/session'
import { startLanguage } from './i18n'
import { resolveVariables, theme } from './ui/theme'

// public/first-paint.js reads the same place before anything is drawn.
const colorSchemes = localStorageColorSchemeManager({ key: 'rialto.theme' })

onSessionExpired(() => {
  if (queryClient.getQueryData(sessionQuery.queryKey) === null) return
  queryClient.setQueryData(sessionQuery.queryKey, null)
  const { href, pathname } = router.state.location
  const to = /^\/club(?!\/desk)/.test(pathname) ? '/club/sign-in' : '/sign-in'
  void router.navigate({ to, search: { return: href, expired: '1' } })
})

await startLanguage(preferences().language)

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
