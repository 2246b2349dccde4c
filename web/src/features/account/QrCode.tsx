import qrcode from 'qrcode-generator'
import { useMemo } from 'react'
import styles from './Account.module.css'

/** Modules of quiet ground around the code, as readers expect. */
const quiet = 4

/** Drawn here: what it says never leaves the page. Dark on light in every theme, since readers want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = qrcode(0, 'M')
    code.addData(text)
    code.make()
    const count = code.getModuleCount()
    let path = ''
    for (let y = 0; y < count; y++)
      for (let x = 0; x < count; x++) if (code.isDark(y, x)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`
    return { size: count + 2 * quiet, path }
  }, [text])
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className={styles.ground} />
      <path d={path} className={styles.modules} />
    </svg>
  )
}
