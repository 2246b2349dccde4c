// Runs before anything is painted: sets the colour scheme the reader chose, so that no page flashes white in the dark.
// A file of its own, because the content security policy allows no inline script.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('rialto.theme')
  } catch {
    // Storage is refused: follow the system.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  // The members' club has colours of its own.
  if (/^\/club(?!\/desk)/.test(location.pathname)) document.documentElement.setAttribute('data-room', 'club')
})()
