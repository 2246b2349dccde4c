import type { ReactNode } from 'react'
import styles from './Cards.module.css'
import { Picture } from './Picture'

/** Three beside each other, two, or one; the first may lead over the whole width. */
const sizes = '(max-width: 720px) 100vw, (max-width: 1100px) 50vw, 33vw'
const firstSizes = '(max-width: 720px) 100vw, 66vw'

interface CardProps {
  unit: string
  title: string
  text: string
  pictures: readonly string[]
  first: boolean
  price: ReactNode
  /** Makes the link of the title; the whole card is its target. */
  link: (look: { className: string | undefined; children: ReactNode }) => ReactNode
}

/** A place or a thing in a list: its picture, one line of words, its price. */
export function Card({ unit, title, text, pictures, first, price, link }: CardProps) {
  return (
    <article className={styles.card}>
      <div className={styles.picture}>
        <Picture
          pictures={pictures}
          unit={unit}
          title={title}
          shape="wide"
          sizes={first ? firstSizes : sizes}
          first={first}
        />
      </div>
      <div className={styles.words}>
        <p className={styles.unit}>{unit}</p>
        <h2 className={styles.title}>{link({ className: styles.link, children: title })}</h2>
        <p className={styles.text}>{text}</p>
        <p className={styles.price}>{price}</p>
      </div>
    </article>
  )
}

/** The first leads, wide, where there is room for it. */
export function Cards({ lead, children }: { lead: boolean; children: ReactNode }) {
  return (
    <ul className={styles.grid} data-lead={lead || undefined}>
      {children}
    </ul>
  )
}

const bones = [0, 1, 2, 3, 4, 5]

export function CardSkeletons() {
  return (
    <div className={styles.grid} aria-busy="true">
      {bones.map(at => (
        <div key={at} className={styles.card}>
          <div className={`${styles.bone} ${styles.bonePicture}`} />
          <div className={`${styles.bone} ${styles.boneLine}`} />
          <div className={`${styles.bone} ${styles.boneText}`} />
        </div>
      ))}
    </div>
  )
}
