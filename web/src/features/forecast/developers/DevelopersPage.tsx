import { Select } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '~/ui/CopyButton'
import { seriesQuery } from '../data/calls'
import { Choice } from '../parts/Choice'
import { Frame } from '../parts/Frame'
import { Panel } from '../parts/Panel'
import { Scroll } from '../parts/Scroll'
import table from '../parts/Table.module.css'
import styles from './Developers.module.css'
import { examples, languages, tasks } from './examples'

const routes = [
  ['POST', '/api/forecast/predict', 'predict'],
  ['GET', '/api/forecast/series', 'series'],
  ['GET', '/api/forecast/series/{series}/values', 'values'],
  ['POST', '/api/forecast/loads', 'loads'],
  ['POST', '/api/forecast/models', 'models'],
  ['POST', '/api/forecast/tests', 'tests'],
  ['GET', '/api/forecast/jobs/{id}', 'jobs'],
  ['POST', '/api/forecast/models/{id}/promote', 'promote'],
] as const

/** For programs: what to call, with what key, ready to copy. */
export function DevelopersPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const all = useQuery(seriesQuery)
  const [task, setTask] = useState<(typeof tasks)[number]>('predict')
  const [language, setLanguage] = useState<(typeof languages)[number]>('curl')
  const [chosen, setChosen] = useState<string | null>(null)
  const series = all.data?.find(one => one.key === chosen) ?? all.data?.[0]
  const code = examples[task][language]({
    origin: globalThis.location.origin,
    series: series?.key ?? 'PM2.5@Dongsi',
    horizon: series?.step === 'day' ? 14 : 24,
  })
  // The portal is a room of its own, which not every reader has.
  const portal = Object.keys(router.routesByPath).find(path => path.startsWith('/developers'))
  return (
    <Frame title={t('forecast.page.developers')} about={t('forecast.dev.about')}>
      <div className={styles.parts}>
        <Panel title={t('forecast.dev.key')}>
          <p className={styles.text}>{t('forecast.dev.keyAbout')}</p>
          {portal && (
            <p className={styles.text}>
              <Link to={portal as '/'}>{t('forecast.dev.portal')}</Link>
            </p>
          )}
          <p className={styles.text}>{t('forecast.dev.limits')}</p>
        </Panel>
        <Panel
          title={t('forecast.dev.examples')}
          tools={
            <div className={styles.tools}>
              <Choice
                label={t('forecast.dev.task')}
                value={task}
                options={tasks.map(value => ({ value, text: t(`forecast.dev.tasks.${value}`) }))}
                onChange={setTask}
              />
              <Choice
                label={t('forecast.dev.language')}
                value={language}
                options={languages.map(value => ({ value, text: t(`forecast.dev.languages.${value}`) }))}
                onChange={setLanguage}
              />
              {task !== 'load' && (
                <Select
                  label={t('forecast.dev.series')}
                  size="xs"
                  w={220}
                  searchable
                  limit={100}
                  allowDeselect={false}
                  data={all.data?.map(({ key }) => key) ?? []}
                  value={series?.key ?? null}
                  onChange={setChosen}
                />
              )}
            </div>
          }
        >
          <div className={styles.code}>
            <Scroll label={t('forecast.dev.examples')}>
              <pre>{code}</pre>
            </Scroll>
            <div className={styles.copy}>
              <CopyButton label={t('common.copy')} icon={IconCopy} text={() => code} />
            </div>
          </div>
        </Panel>
        <Panel title={t('forecast.dev.routes')} about={t('forecast.dev.routesAbout')}>
          <Scroll label={t('forecast.dev.routes')}>
            <table className={`${table.table} ${styles.routes}`}>
              <tbody>
                {routes.map(([method, path, name]) => (
                  <tr key={name}>
                    <th scope="row">
                      <code className={styles.path}>{`${method} ${path}`}</code>
                    </th>
                    <td>{t(`forecast.dev.route.${name}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </Panel>
      </div>
    </Frame>
  )
}
