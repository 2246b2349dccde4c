import { useCallback, useState } from 'react'
import { columnWidthMax, columnWidthMin } from './columns'

/** How wide the reader pulled each column while he is on the page. */
export function useColumnWidths() {
  const [widths, setWidths] = useState<Record<string, number>>({})
  const resize = useCallback((column: string, width: number | null) => {
    setWidths(({ [column]: _, ...others }) =>
      width === null
        ? others
        : { ...others, [column]: Math.min(columnWidthMax, Math.max(columnWidthMin, Math.round(width))) },
    )
  }, [])
  return { widths, resize }
}
