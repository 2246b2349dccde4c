/**
 * What makes a booking happen once: a key for an intention. The same words sent again, by a second tap or after a lost answer, carry the
 * same key; other words, or another try after a refusal, are another intention.
 */
export class Intention {
  private words = ''
  private key = ''

  keyFor(words: string): string {
    if (words !== this.words || this.key === '') {
      this.words = words
      this.key = newKey()
    }
    return this.key
  }

  /** The answer was a last word: whoever asks again means another booking. */
  settle() {
    this.key = ''
  }
}

/** Not randomUUID, which browsers keep from pages without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
