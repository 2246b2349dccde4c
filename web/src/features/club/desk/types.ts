import type { components } from '~/api/schema'

type Schemas = components['schemas']

export type DeskBooking = Schemas['DeskBooking']
export type OpenedBooking = Schemas['DeskBookingOpened']
export type SagaStep = Schemas['SagaTimelineSagaStep']
export type SagaCall = Schemas['SagaTimelineSagaCall']
export type DeskLane = Schemas['DeskLane']
export type DeskErasure = Schemas['DeskErasure']
export type PointChange = Schemas['PointChangesPointChange']
export type Experience = Schemas['Experience']
export type ExperienceDraft = Schemas['CurateExperiencesExperienceDraft']
export type Venue = Schemas['CurateExperiencesVenueView']
/** How a vendor is: its breaker, and how the last five minutes went. */
export type Vendor = Schemas['DeskVendor']
export type DeskMember = Schemas['DeskMember']
export type Item = Schemas['Item']
export type ItemDraft = Schemas['ItemDraft']
