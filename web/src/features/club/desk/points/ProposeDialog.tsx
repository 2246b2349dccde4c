import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, call } from '~/api/client'
import { useNumberFormat } from '~/app/preferences'
import desk from '../Desk.module.css'
import { membersQuery } from '../queries'
import { ReasonDialog } from '../ReasonDialog'
import { Refused } from '../Refused'
import type { DeskMember } from '../types'
import { useDeskAction } from '../useDeskAction'
import styles from './Propose.module.css'

const settleMs = 250

/** Who, how many, and why; somebody else has to approve it. */
export function ProposeDialog({ begin, onClose }: { begin: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [q, setQ] = useState(begin)
  const [settled] = useDebouncedValue(q.trim(), settleMs)
  const members = useQuery(membersQuery(settled))
  const [chosen, setChosen] = useState<DeskMember | null>(null)
  const [amount, setAmount] = useState('')
  const points = pointsOf(amount)
  const propose = useDeskAction(
    (reason: string) =>
      call(api.POST('/api/club/desk/point-changes', { body: { member: chosen?.id ?? null, amount: points, reason } })),
    onClose,
  )
  const wrong = amount.trim() !== '' && points === null
  return (
    <ReasonDialog
      title={t('clubDesk.change.propose')}
      about={t('clubDesk.change.proposeAbout')}
      submit={t('clubDesk.change.propose')}
      busy={propose.isPending}
      closed={chosen === null || points === null}
      problem={propose.error}
      onClose={onClose}
      onSubmit={reason => propose.mutate(reason)}
    >
      <TextInput
        type="search"
        label={t('clubDesk.change.who')}
        description={t('clubDesk.change.whoAbout')}
        value={q}
        data-autofocus
        onChange={event => {
          setQ(event.currentTarget.value)
          setChosen(null)
        }}
      />
      <fieldset className={styles.members} aria-busy={members.isFetching}>
        <legend className="visually-hidden">{t('clubDesk.member')}</legend>
        {members.data?.map(member => (
          <MemberChoice
            key={member.id}
            member={member}
            isChosen={member.id === chosen?.id}
            onChoose={() => setChosen(member)}
          />
        ))}
        {members.data?.length === 0 && <p className={desk.quiet}>{t('clubDesk.change.nobody')}</p>}
        {members.isError && <Refused problem={members.error} />}
      </fieldset>
      <TextInput
        label={t('clubDesk.change.amount')}
        description={t('clubDesk.change.amountAbout')}
        value={amount}
        onChange={event => setAmount(event.currentTarget.value)}
        error={wrong && t('clubDesk.change.amountWrong')}
        required
        withAsterisk={false}
      />
    </ReasonDialog>
  )
}

function MemberChoice({ member, isChosen, onChoose }: { member: DeskMember; isChosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  return (
    <label className={styles.member}>
      <input type="radio" name="member" checked={isChosen} onChange={onChoose} />
      <span>
        {member.name}
        <span className={desk.quiet}> {[member.memberNo, member.tier].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={styles.has}>
        {t('clubDesk.points', { count: member.available, points: count(member.available) })}
        {member.held > 0 && (
          <span className={desk.quiet}> {t('clubDesk.change.held', { points: count(member.held) })}</span>
        )}
      </span>
    </label>
  )
}

const pointsMax = 1_000_000

/** Whole points other than none; below zero to take. */
function pointsOf(text: string): number | null {
  const plain = text
    .trim()
    .replace('−', '-')
    .replace(/[\s.,'’]/g, '')
  const points = /^[+-]?\d{1,7}$/.test(plain) ? Number(plain) : 0
  return points !== 0 && Math.abs(points) <= pointsMax ? points : null
}
