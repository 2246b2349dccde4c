import { IconListSearch } from '@tabler/icons-react'
import type { Session } from '~/api/types'

/** The rooms of the house: one for each module that has pages. A module appears for those who may use it. */
export const rooms = [{ module: 'logs', path: '/logs', icon: IconListSearch, permission: 'logs.read' }] as const

export type Room = (typeof rooms)[number]

export const roomsOf = (session: Session): Room[] => rooms.filter(room => session.modules.includes(room.module))
