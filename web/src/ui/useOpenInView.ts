import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** For a list of links that is one line on a phone, wider than the screen: the link of the open page is always in sight. */
export function useOpenInView<T extends HTMLElement>() {
  const list = useRef<T>(null)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is open, so another link is the current one.
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return list
}
