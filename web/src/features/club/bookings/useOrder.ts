import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { api, call } from '~/api/client'
import { Problem } from '~/api/problem'
import { bookingQuery } from '../queries'
import type { Pay } from '../types'
import { Intention } from './intention'
import { cardPage } from './standing'

export type Order =
  | { experienceId: string; startsAt: string; tickets: number; pay: Pay }
  | { itemId: string; quantity: number; pay: Pay }

const again = 2

/**
 * Sends an order so that it happens once: a second tap, and a try after an answer that was lost, carry the first one's key. Then shows the
 * booking, or leads to the card company's page; a card's number is typed there and never here.
 */
export function useOrder() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const intention = useRef(new Intention())
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (order: Order) => {
      const headers = { 'Idempotency-Key': intention.current.keyFor(JSON.stringify(order)) }
      return 'itemId' in order
        ? call(api.POST('/api/club/redemptions', { body: order, headers }))
        : call(api.POST('/api/club/bookings', { body: order, headers }))
    },
    retry: (failures, problem) => problem instanceof Problem && problem.isPassing && failures < again,
    onSuccess: async booking => {
      intention.current.settle()
      queries.setQueryData(bookingQuery(booking.id).queryKey, booking)
      void queries.invalidateQueries({ queryKey: ['club', 'me'] })
      void queries.invalidateQueries({ queryKey: ['club', 'bookings'] })
      await navigate({ to: '/club/bookings/$id', params: { id: booking.id }, search: {} })
      const page = cardPage(booking.payUrl)
      if (page) location.assign(page)
    },
    onError: problem => {
      // Refused for good: the same words are another try from now on. Without an answer they are still the first.
      if (problem instanceof Problem && !problem.isPassing) intention.current.settle()
      void queries.invalidateQueries({ queryKey: ['club', 'experience'] })
      void queries.invalidateQueries({ queryKey: ['club', 'me'] })
    },
  })
  const place = (order: Order) => {
    if (!isPending) mutate(order)
  }
  return { place, isPending, problem: error, reset }
}
