import styles from './SignInPage.module.css'

/** Arches on each side of the portico, from the middle outwards. */
const arches = [0, 1, 2, 3, 4, 5]

/** How far the roof falls from one arch to the next. */
const slope = 21

/** The bridge over the water, in lines: the arcade on both ramps, the portico, the one great arch, and its reflection. */
export function Bridge() {
  return (
    <svg className={styles.bridge} viewBox="0 0 800 600" fill="none" focusable="false" aria-hidden="true">
      <defs>
        <linearGradient id="shimmer" x1="0" y1="400" x2="0" y2="590" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="white" stopOpacity="0.42" />
          <stop offset="1" stopColor="white" stopOpacity="0" />
        </linearGradient>
        <mask id="water">
          <rect x="0" y="402" width="800" height="190" fill="url(#shimmer)" />
        </mask>
      </defs>
      <Span />
      <g mask="url(#water)">
        <g transform="translate(0 800) scale(1 -1)">
          <Span />
        </g>
      </g>
      <path d="M0 400 H800" className={styles.line} />
      <path d="M90 428 h150 M560 438 h130 M160 462 h90 M520 474 h100 M330 500 h140" className={styles.ripple} />
    </svg>
  )
}

function Span() {
  return (
    <g>
      <path d="M60 400 V352 L356 190 H444 L740 352 V400" className={styles.line} />
      <path d="M60 366 L356 204 H444 L740 366" className={styles.faint} />
      <path d="M196 400 C212 262 588 262 604 400" className={styles.accent} />
      <path d="M180 400 C198 243 602 243 620 400" className={styles.line} />
      {arches.map(at => (
        <g key={at}>
          <Arch x={328 - at * 38} y={190 + at * slope} />
          <Arch x={472 + at * 38} y={190 + at * slope} />
        </g>
      ))}
      <path d="M370 190 V140 a30 30 0 0 1 60 0 V190" className={styles.accent} />
      <path d="M352 190 V128 L400 88 L448 128 V190" className={styles.line} />
      <path d="M344 136 L400 89 L456 136" className={styles.line} />
      <path d="M344 150 L80 296 M456 150 L720 296" className={styles.faint} />
    </g>
  )
}

function Arch({ x, y }: { x: number; y: number }) {
  return (
    <path
      d={`M${x - 11} ${y + 21} v-26 a11 11 0 0 1 22 0 v14`}
      className={styles.line}
      transform={x > 400 ? `translate(${2 * x} 0) scale(-1 1)` : undefined}
    />
  )
}
