import { type ReactNode, useId } from 'react'
import styles from './Drawing.module.css'
import { drawingOf, type Scene } from './scenes'

/** A picture drawn for what has none yet: sky, light, and the silhouettes of the place. */
export function Drawing({ unit, seed }: { unit: string; seed: string }) {
  const { scene, palette, turned } = drawingOf(unit, seed)
  const id = useId()
  return (
    <svg
      className={styles.drawing}
      data-palette={palette}
      viewBox="0 0 1200 800"
      preserveAspectRatio="xMidYMid slice"
      focusable="false"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={`${id}-sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className={styles.a1} />
          <stop offset="1" className={styles.a2} />
        </linearGradient>
        <radialGradient id={`${id}-glow`}>
          <stop offset="0" className={styles.glow} stopOpacity="0.95" />
          <stop offset="0.3" className={styles.glow} stopOpacity="0.4" />
          <stop offset="1" className={styles.glow} stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width="1200" height="800" fill={`url(#${id}-sky)`} />
      <g transform={turned ? 'translate(1200 0) scale(-1 1)' : undefined}>{drawn[scene](`url(#${id}-glow)`)}</g>
    </svg>
  )
}

const drawn: Record<Scene, (glow: string) => ReactNode> = {
  table: glow => (
    <>
      <circle cx="840" cy="330" r="260" fill={glow} opacity="0.7" />
      <path
        className={styles.f4}
        d="M0 0H1200V800H0Z M180 620V300a180 180 0 0 1 360 0V620Z M660 620V300a180 180 0 0 1 360 0V620Z"
        fillRule="evenodd"
      />
      <path
        className={styles.f5}
        d="M356 120h8v500h-8z M836 120h8v500h-8z M180 380h360v7H180z M660 380h360v7H660z"
        opacity="0.7"
      />
      <circle cx="600" cy="560" r="330" fill={glow} />
      <path className={styles.f3} d="M0 660C300 610 900 610 1200 660V800H0Z" />
      <path className={styles.f5} d="M0 700C300 650 900 650 1200 700V800H0Z" opacity="0.75" />
      <ellipse className={styles.light} cx="390" cy="690" rx="120" ry="20" opacity="0.85" />
      <ellipse className={styles.f3} cx="390" cy="688" rx="78" ry="12" />
      <ellipse className={styles.light} cx="810" cy="690" rx="120" ry="20" opacity="0.85" />
      <ellipse className={styles.f3} cx="810" cy="688" rx="78" ry="12" />
      <path className={styles.f5} d="M590 560h20v112h-20z" />
      <path className={styles.light} d="M600 500c18 26 14 50 0 58c-14-8-18-32 0-58z" />
      <Glass x={500} />
      <Glass x={700} />
    </>
  ),
  roofs: glow => (
    <>
      <circle cx="830" cy="360" r="330" fill={glow} />
      <circle className={styles.light} cx="830" cy="360" r="84" />
      <path
        className={styles.f3}
        d="M0 560l90-50 90 40V440h40l30-70 30 70h40v120l130-70 150 70 110-60 120 60 140-70 130 70 100-50V800H0Z"
        opacity="0.75"
      />
      <path
        className={styles.f4}
        d="M0 640l150-80 150 80V600h46v64l150-80 190 90V620h34v70l140-70 180 90 160-80V800H0Z"
      />
      <path className={styles.f5} d="M0 740C300 700 900 700 1200 740V800H0Z" />
      <path className={styles.thread} d="M40 470C260 590 480 590 640 500S1000 420 1180 500" opacity="0.65" />
      {[150, 270, 390, 510, 620, 740, 870, 1000, 1110].map((x, at) => (
        <circle key={x} className={styles.light} cx={x} cy={[524, 558, 575, 556, 512, 470, 452, 456, 474][at]} r="7" />
      ))}
    </>
  ),
  springs: glow => (
    <>
      <circle cx="380" cy="250" r="300" fill={glow} opacity="0.9" />
      <circle className={styles.light} cx="380" cy="250" r="62" opacity="0.9" />
      <path
        className={styles.f3}
        d="M0 470C160 330 300 380 430 300S700 200 860 330s250 60 340 110V800H0Z"
        opacity="0.6"
      />
      <path className={styles.f4} d="M0 560c200-110 330-40 520-110s420-90 680 60V800H0Z" opacity="0.85" />
      <path className={styles.f5} d="M0 640h1200v160H0Z" />
      <ellipse className={styles.f2} cx="620" cy="690" rx="460" ry="66" />
      <ellipse className={styles.light} cx="520" cy="676" rx="180" ry="16" opacity="0.35" />
      <path
        className={styles.thread}
        d="M560 640c-40-60 40-90 0-150s40-90 0-150 M700 640c-30-50 30-80 0-130s30-80 0-130 M630 620c-20-40 20-60 0-100"
        opacity="0.4"
      />
      <path className={styles.f5} d="M960 640V300h22v340z M1060 640V220h26v420z M880 640V380h18v260z" />
    </>
  ),
  sail: glow => (
    <>
      <circle cx="760" cy="470" r="390" fill={glow} />
      <circle className={styles.light} cx="760" cy="470" r="110" />
      <path className={styles.f3} d="M0 500h1200v300H0Z" />
      <path
        className={styles.light}
        d="M670 520h180v8H670z M640 548h250v8H640z M690 580h150v9H690z M610 616h300v9H610z M660 656h200v11H660z M590 700h330v11H590z M640 750h230v12H640z"
        opacity="0.5"
      />
      <path className={styles.f4} d="M0 500c120-34 260-40 380 0z" />
      <path className={styles.f4} d="M0 660c200-30 400 20 620 0s400-30 580 0v140H0Z" opacity="0.6" />
      <path className={styles.light} d="M440 220v320h-190C330 450 400 350 440 220z" opacity="0.92" />
      <path className={styles.f2} d="M456 180c60 110 110 230 190 360H456z" />
      <path className={styles.f5} d="M200 566h470c-30 44-70 62-120 62H300c-50 0-80-22-100-62z M444 160h9v410h-9z" />
    </>
  ),
  rooms: glow => (
    <>
      <path className={styles.f2} d="M0 0H1200V800H0Z" opacity="0.5" />
      <path className={styles.f3} d="M160 800V360a440 380 0 0 1 880 0V800Z" opacity="0.55" />
      <path className={styles.f1} d="M270 800V400a330 290 0 0 1 660 0V800Z" />
      <path className={styles.f2} d="M370 800V430a230 210 0 0 1 460 0V800Z" />
      <circle cx="600" cy="450" r="300" fill={glow} />
      <path className={styles.f4} d="M480 360h240v200H480z" />
      <path className={styles.light} d="M496 376h208v168H496z" opacity="0.9" />
      <path className={styles.f3} d="M496 500c50-50 90-20 120-50s60-20 88 10v84H496z" />
      <path className={styles.f4} d="M0 720h1200v80H0Z" opacity="0.55" />
      <path className={styles.f5} d="M430 690h340v16H430z M460 706h14v50h-14z M726 706h14v50h-14z" />
    </>
  ),
  silk: glow => (
    <>
      <circle cx="420" cy="200" r="520" fill={glow} opacity="0.55" />
      <path className={styles.f3} d="M0 240C240 120 380 420 640 330S980 60 1200 200V800H0Z" opacity="0.8" />
      <path className={styles.f2} d="M0 400C260 260 420 560 700 450s330-260 500-150V800H0Z" opacity="0.75" />
      <path className={styles.f4} d="M0 530c260-120 440 150 720 60s320-220 480-120V800H0Z" />
      <path className={styles.f3} d="M0 660c280-110 460 110 740 40s320-160 460-80V800H0Z" opacity="0.6" />
      <path className={styles.f5} d="M0 740c300-70 500 60 780 20s300-90 420-50V800H0Z" />
      <path
        className={styles.thread}
        d="M0 240C240 120 380 420 640 330S980 60 1200 200 M0 400C260 260 420 560 700 450s330-260 500-150 M0 530c260-120 440 150 720 60s320-220 480-120"
        opacity="0.35"
      />
    </>
  ),
}

function Glass({ x }: { x: number }) {
  return (
    <g opacity="0.9">
      <path
        className={styles.thread}
        d={`M${x - 26} 560c0 50 10 66 26 70c16-4 26-20 26-70z M${x} 630v54 M${x - 22} 686h44`}
      />
      <path className={styles.f2} d={`M${x - 24} 586h48c-2 28-12 40-24 42c-12-2-22-14-24-42z`} />
    </g>
  )
}
