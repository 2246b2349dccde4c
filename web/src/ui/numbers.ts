export interface NumberFormat {
  /** 1,234,567 */
  count(value: number): string
  /** 20, 0.5: so many a second, which may be less than one. */
  rate(value: number): string
  /** 1.2M */
  compact(value: number): string
  /** 38 ms, 1.23 s */
  duration(ms: number): string
  /** 1.2 MB */
  bytes(value: number): string
  percent(share: number): string
}

export function numberFormat(language: string): NumberFormat {
  const of = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options)
  const count = of({ maximumFractionDigits: 0 })
  const exact = of({ maximumSignificantDigits: 15 })
  const compact = of({ notation: 'compact', maximumSignificantDigits: 3 })
  const unit = (name: string) => of({ style: 'unit', unit: name, maximumSignificantDigits: 3 })
  const ms = unit('millisecond')
  const short = of({ maximumSignificantDigits: 3 })
  const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map(unit)
  const percent = of({ style: 'percent', maximumFractionDigits: 1 })
  return {
    count: value => count.format(value),
    rate: value => exact.format(value),
    compact: value => (Math.abs(value) < 10_000 ? count.format(value) : compact.format(value)),
    duration: value => (value < 1_000 ? ms.format(value) : `${short.format(value / 1_000)} s`),
    bytes: value => {
      if (value < 1_000) return `${count.format(value)} B`
      const step = Math.min(units.length, Math.floor(Math.log10(value) / 3))
      return units[step - 1]?.format(value / 1_000 ** step) ?? String(value)
    },
    percent: share => percent.format(share),
  }
}
