import { type FormEvent, useState } from 'react'

/** What is typed into a form, all text until it is sent, and what is said to be wrong once somebody tried to send it. */
export function useDraft<Draft extends object, Fault extends string>(
  begin: Draft,
  faultsOf: (draft: Draft) => Fault[],
  send: (draft: Draft) => void,
) {
  const [draft, setDraft] = useState(begin)
  const [shown, setShown] = useState<readonly Fault[]>([])
  const set = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const faults = faultsOf(draft)
    setShown(faults)
    if (faults.length === 0) send(draft)
  }
  /** What every text field of the form has in common. */
  const typed = <Name extends keyof Draft>(name: Name) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value } as unknown as Partial<Draft>),
  })
  return { draft, shown, set, submit, typed }
}
