import type { Card, Model, Parameters } from '../data/shapes'
import { CoveragePanel } from './CoveragePanel'
import styles from './Lab.module.css'
import { MakingPanel } from './MakingPanel'
import { PartsPanel } from './PartsPanel'
import { ScoresPanel } from './ScoresPanel'
import { Verdict } from './Verdict'

interface Props {
  card: Card
  parameters: Parameters | undefined
  model?: Model
}

/** All that was measured of a model: the verdict first, then what it rests on. */
export function CardView({ card, parameters, model }: Props) {
  return (
    <>
      <Verdict card={card} model={model} />
      <div className={styles.pair}>
        <ScoresPanel card={card} />
        <CoveragePanel coverage={card.coverage} />
      </div>
      <PartsPanel card={card} />
      <MakingPanel card={card} parameters={parameters} model={model} />
    </>
  )
}
