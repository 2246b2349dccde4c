/** Besides the widest there is one for a phone and one for half a screen; the host gives the narrowest that is wide enough. */
export const pictureWidths = [480, 960] as const

/** The longest edge a page ever shows, on a dense screen. */
export const pictureEdgeMax = 1_600

/** Every width of a picture, for the browser to choose from. */
export const widthsOf = (address: string) =>
  [...pictureWidths.map(width => `${address}?width=${width} ${width}w`), `${address} ${pictureEdgeMax}w`].join(', ')
