/** From the least to the most severe; `none` when the sender did not say. */
export const levels = ['none', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

export type Level = (typeof levels)[number]

export const levelOf = (name: string): Level => levels.find(level => level === name) ?? 'none'
