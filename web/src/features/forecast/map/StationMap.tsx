import { useElementSize } from '@mantine/hooks'
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeFormat } from '~/app/preferences'
import { IconButton } from '~/ui/IconButton'
import { isStale, newestOf } from './ages'
import styles from './Map.module.css'
import { MapGrid } from './MapGrid'
import { boxOf, labelsOf, projectionOf } from './project'
import type { Shown } from './stations'
import { useView } from './useView'

interface Props {
  shown: readonly Shown[]
  valueText: (value: number | null) => string
  stale: boolean
}

/** `age` is how many letters the day of a stale value takes. */
const label = { height: 30, letter: 6.8, age: 12 }

/** The buttons with their frame stand so far from the edges. */
const corners = 20

/** The region by the stations' own coordinates: no map service is asked. */
export function StationMap({ shown, valueText, stale }: Props) {
  const { t } = useTranslation()
  const time = useTimeFormat()
  const navigate = useNavigate()
  const { ref, width, height } = useElementSize()
  const { ref: buttons, width: buttonsWidth, height: buttonsHeight } = useElementSize()
  const { view, zoom, reset, hands } = useView(width, height)
  const placed = useMemo(
    () => shown.filter(({ series }) => series.latitude !== null && series.longitude !== null),
    [shown],
  )
  const projection = useMemo(
    () =>
      projectionOf(
        placed.map(({ series }) => ({ latitude: series.latitude ?? 0, longitude: series.longitude ?? 0 })),
        { width, height, edge: Math.min(90, width / 6) },
      ),
    [placed, width, height],
  )
  const newest = newestOf(shown)
  const markers = useMemo(
    () =>
      placed.map(one => {
        const { x, y } = projection.of({ latitude: one.series.latitude ?? 0, longitude: one.series.longitude ?? 0 })
        return {
          x: x * view.scale + view.x,
          y: y * view.scale + view.y,
          radius: 15,
          width: Math.max((one.series.station.length + (isStale(one, newest) ? label.age : 0)) * label.letter, 40),
          height: label.height,
        }
      }),
    [placed, projection, view, newest],
  )
  const nameOf = ({ series, value, word, at }: Shown) =>
    [
      `${series.station}: ${valueText(value)}`,
      word && t(`forecast.index.${word}`),
      at && value !== null && `${time.long(Date.parse(at))} ${time.zoneName}`,
    ]
      .filter(Boolean)
      .join(', ')
  const sides = useMemo(() => {
    const corner = { left: width - buttonsWidth - corners, top: 0, right: width, bottom: buttonsHeight + corners }
    return labelsOf(markers, { width, height }, [corner])
  }, [markers, width, height, buttonsWidth, buttonsHeight])
  return (
    <div className={styles.map} ref={ref} data-stale={stale || undefined} {...hands}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="group"
          aria-label={t('forecast.map.picture', { count: placed.length })}
        >
          <MapGrid projection={projection} view={view} width={width} height={height} />
          {/* The highest are drawn last, above the others. */}
          {[...placed.keys()].reverse().map(at => {
            const one = placed[at]
            const marker = markers[at]
            if (!one || !marker) return null
            const side = sides[at]
            const box = side && boxOf(marker, side)
            const open = () =>
              void navigate({ to: '/forecast/series/$id', params: { id: String(one.series.id) }, search: {} })
            return (
              <g
                key={one.series.key}
                className={styles.station}
                role="link"
                tabIndex={0}
                data-grade={one.grade ?? undefined}
                data-stale={isStale(one, newest) || undefined}
                aria-label={nameOf(one)}
                onClick={open}
                onKeyDown={event => event.key === 'Enter' && open()}
              >
                <title>{nameOf(one)}</title>
                <circle className={styles.dot} cx={marker.x} cy={marker.y} r={marker.radius} />
                <text className={styles.inDot} x={marker.x} y={marker.y}>
                  {valueText(one.value)}
                </text>
                {box && (
                  <text
                    className={styles.name}
                    x={side === 'left' ? box.right : side === 'right' ? box.left : marker.x}
                    y={(box.top + box.bottom) / 2}
                    data-side={side}
                  >
                    {one.series.station}
                    {isStale(one, newest) && (
                      <tspan className={styles.nameAge}>{` ${time.day(Date.parse(one.at ?? ''))}`}</tspan>
                    )}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      )}
      <div className={styles.zoom} ref={buttons}>
        <IconButton label={t('forecast.map.closer')} icon={IconPlus} onClick={() => zoom(1.5)} />
        <IconButton label={t('forecast.map.farther')} icon={IconMinus} onClick={() => zoom(1 / 1.5)} />
        <IconButton label={t('forecast.map.whole')} icon={IconFocusCentered} onClick={reset} />
      </div>
    </div>
  )
}
