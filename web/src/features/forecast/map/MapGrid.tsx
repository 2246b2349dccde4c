import { useTranslation } from 'react-i18next'
import { useNumberFormat } from '~/app/preferences'
import styles from './Map.module.css'
import { linesBetween, type Projection, scaleOf } from './project'
import type { View } from './useView'

interface Props {
  projection: Projection
  view: View
  width: number
  height: number
}

const linesMax = 6

/** Of the length to measure by with its number, which stands where a line's degrees would. */
const scaleHeight = 24

/** Meridians and parallels with their degrees, and a length to measure by. */
export function MapGrid({ projection, view, width, height }: Props) {
  const { t } = useTranslation()
  const { count } = useNumberFormat()
  const x = (longitude: number) => projection.of({ latitude: 0, longitude }).x * view.scale + view.x
  const y = (latitude: number) => projection.of({ latitude, longitude: 0 }).y * view.scale + view.y
  const degrees = (pixel: number, along: number, from: number, to: number) =>
    from + ((pixel - (along === width ? view.x : view.y)) / view.scale / along) * (to - from)
  const meridians = linesBetween(
    degrees(0, width, projection.west, projection.east),
    degrees(width, width, projection.west, projection.east),
    linesMax,
  )
  const north = projection.north - (-view.y / view.scale / height) * (projection.north - projection.south)
  const south = projection.north - ((height - view.y) / view.scale / height) * (projection.north - projection.south)
  const { km, pixels } = scaleOf(projection.kmPerPixel / view.scale, Math.min(140, width / 3))
  const bar = { x: 16, y: height - 18 }
  return (
    <g className={styles.grid}>
      {meridians.map(longitude => (
        <g key={longitude}>
          <line x1={x(longitude)} x2={x(longitude)} y1={0} y2={height} />
          <text x={x(longitude) + 4} y={12}>
            {`${Math.abs(longitude)}° ${t(longitude < 0 ? 'forecast.map.west' : 'forecast.map.east')}`}
          </text>
        </g>
      ))}
      {linesBetween(south, north, linesMax).map(latitude => (
        <g key={latitude}>
          <line x1={0} x2={width} y1={y(latitude)} y2={y(latitude)} />
          {y(latitude) < height - scaleHeight && (
            <text x={6} y={y(latitude) - 4}>
              {`${Math.abs(latitude)}° ${t(latitude < 0 ? 'forecast.map.south' : 'forecast.map.north')}`}
            </text>
          )}
        </g>
      ))}
      <g className={styles.scale}>
        <path d={`M${bar.x} ${bar.y - 5} v5 h${pixels} v-5`} />
        <text x={bar.x + pixels / 2} y={bar.y - 8}>
          {km < 1 ? `${count(km * 1000)} m` : `${count(km)} km`}
        </text>
      </g>
    </g>
  )
}
