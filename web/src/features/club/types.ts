import type { components } from '~/api/schema'

type Schemas = components['schemas']

export type Booking = Schemas['ViewBookingBookingView']
export type ExperienceCard = Schemas['BrowseExperiencesExperienceCard']
export type ExperienceOpened = Schemas['BrowseExperiencesExperienceOpened']
export type SlotView = Schemas['BrowseExperiencesSlotView']
export type ItemCard = Schemas['ItemCard']
export type MemberView = Schemas['MemberView']
export type MemberMessage = Schemas['MemberMessage']

export type Pay = 'points' | 'card'
