import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat, useTimeFormat } from '~/app/preferences'
import { useMay } from '~/app/session'
import desk from '../Desk.module.css'
import { vendorsQuery } from '../queries'
import { Refused } from '../Refused'
import { healthOf, healthTone } from '../standing'
import type { Vendor } from '../types'
import { useDeskAction } from '../useDeskAction'
import styles from './Today.module.css'

/** How each vendor is, at a glance. */
export function Vendors() {
  const { t } = useTranslation()
  const { data } = useQuery(vendorsQuery)
  return (
    <ul className={styles.vendors} aria-label={t('clubDesk.vendors.title')}>
      {(data ?? []).map(vendor => (
        <VendorCard key={vendor.name} vendor={vendor} />
      ))}
    </ul>
  )
}

function VendorCard({ vendor }: { vendor: Vendor }) {
  const { t } = useTranslation()
  const { count, duration } = useNumberFormat()
  const time = useTimeFormat()
  const mayProbe = useMay()('platform.manage')
  const health = healthOf(vendor)
  const probe = useDeskAction(() =>
    call(api.POST('/api/platform/connectors/{name}/probe', { params: { path: { name: vendor.name } } })),
  )
  return (
    <li className={styles.vendor}>
      <p className={styles.vendorTop}>
        <span className={styles.vendorName}>{vendor.name}</span>
        <span className={desk.tag} data-tone={healthTone[health]}>
          {t(`clubDesk.vendors.${health}`)}
        </span>
      </p>
      <p className={styles.vendorTop}>
        <span className={styles.vendorFacts}>
          {vendor.calls === 0
            ? t('clubDesk.vendors.noCalls')
            : t('clubDesk.vendors.calls', {
                count: vendor.calls,
                calls: count(vendor.calls),
                failed: count(vendor.failed),
                p95: duration(vendor.p95Ms ?? 0),
              })}
          {vendor.waiting > 0 && (
            <> · {t('clubDesk.vendors.waiting', { count: vendor.waiting, bookings: count(vendor.waiting) })}</>
          )}
          {vendor.breaker === 'open' && vendor.probeAt !== null && (
            <> · {t('clubDesk.vendors.probeAt', { at: time.clock(vendor.probeAt).slice(0, 8) })}</>
          )}
        </span>
        {mayProbe && health !== 'up' && (
          <Button size="compact-xs" variant="default" loading={probe.isPending} onClick={() => probe.mutate(undefined)}>
            {t('clubDesk.vendors.probe')}
          </Button>
        )}
      </p>
      {probe.isError && <Refused problem={probe.error} />}
    </li>
  )
}
