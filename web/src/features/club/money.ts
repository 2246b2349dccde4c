/** A price as its country writes it. Currencies differ in how many digits their minor unit has: yen have none. */
export function money(minor: number, currency: string, locale: string): string {
  const format = formatOf(currency, locale)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

/** What somebody typed as a price, in minor units; null when it is none. */
export function minorOf(text: string, currency: string): number | null {
  const plain = text.trim().replace(/[\s']/g, '').replace(',', '.')
  if (!/^\d{1,9}(\.\d+)?$/.test(plain)) return null
  const digits = digitsOf(currency)
  if ((plain.split('.')[1]?.length ?? 0) > digits) return null
  return Math.round(Number(plain) * 10 ** digits)
}

/** The price as a field shows it, to be typed over. */
export const typedMoney = (minor: number, currency: string) =>
  (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency))

const digitsOf = (currency: string) => formatOf(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2

function formatOf(currency: string, locale: string) {
  // A curator may not have typed a whole code yet.
  const known = /^[A-Z]{3}$/.test(currency) ? currency : 'XXX'
  return new Intl.NumberFormat(locale, { style: 'currency', currency: known, currencyDisplay: 'code' })
}
