export const requestTimes = ['1h', '24h', '7d', '30d', '90d'] as const

export type RequestTime = (typeof requestTimes)[number]

export interface RequestSearch {
  time?: RequestTime
  route?: string
  key?: string
}
