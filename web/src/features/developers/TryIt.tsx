import { Button, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import dialogs from '~/ui/desk/Dialogs.module.css'
import { Tag } from '~/ui/desk/Tag'
import type { Call } from './examples'
import type { Endpoint } from './openapi'
import styles from './Portal.module.css'
import { type Answer, send } from './send'

interface Props {
  endpoint: Endpoint
  call: Call
  values: Readonly<Record<string, string>>
  onValues: (values: Record<string, string>) => void
  onBody: (body: string) => void
}

/** Makes the call from here: as the reader, or as the program whose key he gives. The key is kept nowhere. */
export function TryIt({ endpoint, call, values, onValues, onBody }: Props) {
  const { t } = useTranslation()
  const { duration } = useNumberFormat()
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const run = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setAnswer(await send(call, key.trim()))
    setBusy(false)
  }
  return (
    <form className={styles.try} onSubmit={event => void run(event)}>
      <div className={dialogs.pair}>
        {endpoint.parameters.map(({ name, in: place, required }) => (
          <TextInput
            key={name}
            label={name}
            required={place === 'path' || required === true}
            value={values[name] ?? ''}
            onChange={event => onValues({ ...values, [name]: event.currentTarget.value })}
          />
        ))}
        <PasswordInput
          label={t('developers.key')}
          placeholder={t('developers.asMe')}
          value={key}
          onChange={event => setKey(event.currentTarget.value)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('developers.showKey') }}
        />
      </div>
      {call.body !== null && (
        <Textarea
          label={t('developers.body')}
          value={call.body}
          onChange={event => onBody(event.currentTarget.value)}
          rows={Math.min(16, call.body.split('\n').length + 1)}
          spellCheck={false}
          classNames={{ input: dialogs.code }}
        />
      )}
      <div>
        <Button type="submit" loading={busy}>
          {t('developers.send')}
        </Button>
      </div>
      <div role="status">
        {answer && (
          <p className={styles.outcome}>
            <Tag tone={answer.status === 0 || answer.status >= 500 ? 'bad' : answer.status >= 400 ? 'caution' : 'good'}>
              {answer.status === 0 ? t('problem.unreachable.title') : answer.status}
            </Tag>
            {duration(answer.tookMs)} · {answer.type}
          </p>
        )}
      </div>
      {answer?.text && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys.
        <pre className={styles.code} tabIndex={0}>
          {answer.text}
        </pre>
      )}
    </form>
  )
}
