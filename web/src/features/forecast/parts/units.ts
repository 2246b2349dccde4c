import type { Step } from '../data/shapes'

const written: Record<string, string> = {
  'ug/m3': 'µg/m³',
  'mg/m3': 'mg/m³',
  C: '°C',
  F: '°F',
}

/** A unit as people write it. */
export const unitText = (unit: string) => written[unit] ?? unit

export const stepMs = (step: Step) => (step === 'day' ? 86_400_000 : 3_600_000)

/** Values of one series on one scale: as many decimals as tell its values apart, the same for all. */
export function valueFormat(language: string, size: number): (value: number | null | undefined) => string {
  const digits = size >= 20 ? 0 : 1
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return value => (value === null || value === undefined || Number.isNaN(value) ? '–' : format.format(value))
}
