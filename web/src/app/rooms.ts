import type { Session } from '~/api/types'
import { adminRoom } from '~/features/admin/area'
import { deskRoom } from '~/features/club/desk/area'
import { developersRoom } from '~/features/developers/area'
import { forecastRoom } from '~/features/forecast/area'
import { logsRoom } from '~/features/logs/area'

/** The rooms of the house in the order of the rail: one for each area that has pages. */
export const rooms = [logsRoom, deskRoom, forecastRoom, developersRoom, adminRoom] as const

export type Room = (typeof rooms)[number]

/** A room appears where its module runs, for those who hold at least one of its permissions. */
export const roomsOf = ({ modules, permissions }: Session): Room[] =>
  rooms.filter(
    ({ module, needs }: RoomRule) =>
      (module === null || modules.includes(module)) && needs.some(permission => permissions.includes(permission)),
  )

/** What an area says of its room. */
export interface RoomRule {
  /** The module of the host that the room is for; null when every host has it. */
  module: string | null
  needs: readonly string[]
}
