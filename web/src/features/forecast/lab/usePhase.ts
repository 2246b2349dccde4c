import { useTranslation } from 'react-i18next'
import type { Job } from '../data/shapes'

const known = ['reading', 'rolling backtest', 'last fit', 'done'] as const

/** What a job does now, in the reader's language where the host's word is known. */
export function usePhase() {
  const { t } = useTranslation()
  return ({ state, phase }: Pick<Job, 'state' | 'phase'>) => {
    if (state === 'waiting' || !phase) return t('forecast.lab.phase.waiting')
    const word = known.find(one => one === phase)
    return word
      ? t(`forecast.lab.phase.${word === 'rolling backtest' ? 'backtest' : word === 'last fit' ? 'fit' : word}`)
      : phase
  }
}
