import { useTranslation } from 'react-i18next'
import type { Parameters } from '../data/shapes'
import { usesNeighbours, words } from './setup'
import { useWord } from './useWord'

const always = ['algorithm', 'lags', 'transform', 'features', 'loss', 'level', 'originEvery', 'seed'] as const
const near = ['k', 'metric', 'weights', 'featureWeights', 'strategy', 'combine'] as const

/** Parameters in words, only those that the algorithm used. */
export function useParameterText() {
  const { t } = useTranslation()
  const word = useWord()
  return (parameters: Parameters): [string, string][] => {
    const isNear = usesNeighbours(parameters as { algorithm: 'knn' })
    return [...always.slice(0, 1), ...(isNear ? near : []), ...always.slice(1)].map(field => {
      const value = parameters[field]
      const text = Array.isArray(value)
        ? value.map(word).join(', ')
        : field in words
          ? word(String(value))
          : String(value)
      const isMinkowski = field === 'metric' && parameters.p !== null
      const older = field === 'lags' && parameters.olderLags.length > 0 ? ` + ${parameters.olderLags.join(', ')}` : ''
      return [t(`forecast.lab.field.${field}`), isMinkowski ? `${text} (p = ${parameters.p})` : text + older]
    })
  }
}
