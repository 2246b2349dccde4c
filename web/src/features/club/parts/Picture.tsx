import { useState } from 'react'
import { Drawing } from './Drawing'
import styles from './Picture.module.css'
import { widthsOf } from './pictureWidths'

const half = '(max-width: 720px) 100vw, 50vw'

interface Props {
  /** Addresses of its pictures; the first is shown. */
  pictures?: readonly string[]
  unit: string
  title: string
  shape: 'wide' | 'banner' | 'square'
  /** How wide it is shown, as the browser's attribute has it. */
  sizes?: string
  /** The one a page opens with is fetched at once, every other when it comes into view. */
  first?: boolean
}

/** A picture in a frame of fixed shape, so that nothing moves when it comes. What stands beside it says what it shows. */
export function Picture({ pictures, unit, title, shape, sizes = half, first = false }: Props) {
  const [failed, setFailed] = useState(false)
  const source = pictures?.[0]
  return (
    <div className={styles.frame} data-shape={shape}>
      {source && !failed ? (
        <img
          className={styles.image}
          src={source}
          srcSet={widthsOf(source)}
          sizes={sizes}
          alt=""
          width={1200}
          height={800}
          loading={first ? 'eager' : 'lazy'}
          fetchPriority={first ? 'high' : 'auto'}
          decoding="async"
          onError={() => setFailed(true)}
        />
      ) : (
        <Drawing unit={unit} seed={title} />
      )}
    </div>
  )
}
