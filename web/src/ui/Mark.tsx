/** The sign of the house: a bridge and its arch. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <path d="M3 21.5 C 8.5 11.5, 23.5 11.5, 29 21.5" stroke="var(--accent)" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M9.5 25 v-2.6 a6.5 6.5 0 0 1 13 0 V25" stroke="var(--text)" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  )
}
