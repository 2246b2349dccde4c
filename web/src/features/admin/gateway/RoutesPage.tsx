import { Button } from '@mantine/core'
import { IconArrowsSplit2, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '~/app/session'
import { AskDialog } from '~/ui/desk/AskDialog'
import { Listing } from '~/ui/desk/Listing'
import { Sheet } from '~/ui/desk/Sheet'
import { Code, Codes, Tag } from '~/ui/desk/Tag'
import { IconButton } from '~/ui/IconButton'
import { Notice } from '~/ui/Notice'
import { DraftBar } from '../platform/DraftBar'
import { useDocument } from '../platform/documents'
import { RouteDialog } from './RouteDialog'
import { type Route, routesOf, withRoute } from './routes'

/** Routes are one document: what is changed here becomes a draft on top of the one that waits, or of the one in force. */
export function RoutesPage() {
  const { t } = useTranslation()
  const manages = useMay()('platform.manage')
  const document = useDocument('gateway', 'routes')
  const [edited, setEdited] = useState<Route | 'new' | null>(null)
  const [dropped, setDropped] = useState<string | null>(null)
  const body = (document.waiting ?? document.active)?.body
  const inForce = new Set(routesOf(document.active?.body).map(route => JSON.stringify(route)))
  const draft = (name: string | null, route: Route | null, note: string) =>
    document.draft.mutateAsync({ body: withRoute(body, name, route), note })
  const add = manages && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.routes.add')}
    </Button>
  )
  return (
    <Sheet
      title={t('admin.pages.routes')}
      about={t('admin.routes.about')}
      actions={
        <>
          <Button
            variant="default"
            renderRoot={props => (
              <Link to="/admin/configuration/$area/$item" params={{ area: 'gateway', item: 'routes' }} {...props} />
            )}
          >
            {t('admin.routes.json')}
          </Button>
          {add}
        </>
      }
    >
      <DraftBar document={document} />
      <Listing
        label={t('admin.pages.routes')}
        query={{ ...document.revisions, data: document.revisions.data && routesOf(body) }}
        rowKey={({ name }) => name}
        columns={[
          {
            head: t('admin.name'),
            cell: route => route.name,
          },
          { head: t('admin.routes.path'), cell: ({ path }) => <Code>{path}</Code> },
          {
            head: t('admin.routes.upstreams'),
            width: 'minmax(0, 2fr)',
            cell: ({ upstreams }) => (
              <Codes of={upstreams.map(({ address, weight }) => `${address} · ${weight ?? 100}`)} />
            ),
          },
          {
            head: t('admin.routes.who'),
            cell: ({ anonymous, permission }) =>
              anonymous ? t('admin.routes.anybody') : (permission ?? t('admin.routes.signedIn')),
          },
          {
            head: t('admin.state'),
            cell: route =>
              inForce.has(JSON.stringify(route)) ? (
                <Tag tone="good">{t('admin.revision.active')}</Tag>
              ) : (
                <Tag tone="caution">{t('admin.routes.drafted')}</Tag>
              ),
          },
        ]}
        actions={
          manages
            ? route => (
                <>
                  <IconButton label={t('admin.edit')} icon={IconPencil} onClick={() => setEdited(route)} />
                  <IconButton label={t('admin.remove')} icon={IconTrash} onClick={() => setDropped(route.name)} />
                </>
              )
            : undefined
        }
        empty={
          <Notice
            icon={IconArrowsSplit2}
            title={t('admin.routes.none')}
            text={t('admin.routes.noneText')}
            actions={add}
          />
        }
      />
      {edited && (
        <RouteDialog
          route={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSave={(route, note) => draft(edited === 'new' ? null : edited.name, route, note)}
        />
      )}
      {dropped && (
        <AskDialog
          title={t('admin.remove')}
          text={t('admin.routes.removeText', { name: dropped })}
          submit={t('admin.remove')}
          onClose={() => setDropped(null)}
          onSubmit={() => draft(dropped, null, t('admin.routes.removed', { name: dropped }))}
        />
      )}
    </Sheet>
  )
}
