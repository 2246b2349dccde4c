/** The smallest by size; none where they are alike. */
export function bestOf(values: readonly (number | undefined)[], wanted: 'low' | 'high' | number): number | null {
  const distances = values.map(value =>
    value === undefined || Number.isNaN(value)
      ? Number.POSITIVE_INFINITY
      : wanted === 'low'
        ? value
        : wanted === 'high'
          ? -value
          : Math.abs(value - wanted),
  )
  const least = Math.min(...distances)
  return Number.isFinite(least) && distances.filter(value => value === least).length === 1
    ? distances.indexOf(least)
    : null
}
