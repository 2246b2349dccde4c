import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './HelpDialog.module.css'
import { type KeyHelp, useOpenPage } from './page'

interface Props {
  opened: boolean
  onClose: () => void
}

export default function HelpDialog({ opened, onClose }: Props) {
  const { t } = useTranslation()
  const page = useOpenPage()
  const everywhere: KeyHelp[] = [
    { keys: ['Ctrl', 'K'], what: t('help.palette') },
    { keys: ['?'], what: t('help.help') },
    { keys: ['Esc'], what: t('help.close') },
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      size={page?.help ? 860 : 460}
    >
      <div className={styles.columns}>
        <div>
          {page?.keys && <Keys title={page.title} keys={page.keys} />}
          <Keys title={t('help.everywhere')} keys={everywhere} />
        </div>
        {page?.help && <div>{page.help}</div>}
      </div>
    </Modal>
  )
}

function Keys({ title, keys }: { title: string; keys: readonly KeyHelp[] }) {
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.keys}>
        {keys.map(({ keys: names, what }) => (
          <div key={what} className={styles.key}>
            <dt>{what}</dt>
            <dd>
              {names.map(name => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
