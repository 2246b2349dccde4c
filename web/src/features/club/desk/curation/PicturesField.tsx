import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '~/api/client'
import { Problem } from '~/api/problem'
import { IconButton } from '~/ui/IconButton'
import { Picture } from '../../parts/Picture'
import desk from '../Desk.module.css'
import { Refused } from '../Refused'
import styles from './Curation.module.css'
import { pictureAddress } from './pictureAddress'
import { resized } from './resize'

interface Props {
  pictures: string[]
  onChange: (pictures: string[]) => void
}

/** The pictures in their order; the first is the one members see in lists. */
export function PicturesField({ pictures, onChange }: Props) {
  const { t } = useTranslation()
  const add = useMutation({
    mutationFn: async (file: File) => {
      const [whole, ...narrower] = await resized(file)
      if (!whole) throw new Error('canvas')
      const { id } = await store(whole)
      for (const picture of narrower) await store(picture, id)
      return id
    },
    onSuccess: id => onChange([...pictures, id]),
  })
  return (
    <div>
      <ul className={styles.pictures}>
        {pictures.map((id, at) => (
          <li key={id} className={styles.picture}>
            <Picture pictures={[pictureAddress(id)]} unit="" title={id} shape="wide" sizes="180px" />
            <span className={styles.remove}>
              <IconButton
                label={t('clubDesk.programme.remove', { place: at + 1 })}
                icon={IconX}
                onClick={() => onChange(pictures.filter(other => other !== id))}
              />
            </span>
          </li>
        ))}
        <li>
          <label className={styles.add}>
            {add.isPending ? t('clubDesk.programme.sending') : t('clubDesk.programme.addPicture')}
            <input
              type="file"
              className="visually-hidden"
              accept="image/jpeg,image/png,image/webp"
              disabled={add.isPending}
              onChange={event => {
                const file = event.currentTarget.files?.[0]
                event.currentTarget.value = ''
                if (file) add.mutate(file)
              }}
            />
          </label>
        </li>
      </ul>
      {add.error instanceof Problem ? (
        <Refused problem={add.error} />
      ) : (
        // What this browser cannot open was never sent.
        add.isError && (
          <p className={desk.problem} role="alert">
            {t('clubDesk.programme.noPicture')}
          </p>
        )
      )}
    </div>
  )
}

/** Bytes as the body, which the API description has no shape for; `of` is the stored picture that this is a narrower one of. */
function store(picture: Blob, of?: string): Promise<{ id: string }> {
  const send = async () => {
    const response = await fetch(`/api/club/curation/pictures${of ? `?of=${of}` : ''}`, {
      method: 'POST',
      body: picture,
      headers: { 'Content-Type': picture.type },
    })
    const body: unknown = await response.json().catch(() => null)
    return response.ok ? { data: body as { id: string }, response } : { error: body, response }
  }
  return call(send())
}
