import { useLayoutEffect } from 'react'

/** Gives the whole document the club's colours while one of its pages is open, dialogs and the ground behind the page included. */
export function useRoom() {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset.room = 'club'
    return () => {
      delete dataset.room
    }
  }, [])
}
