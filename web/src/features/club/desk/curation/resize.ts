import { pictureEdgeMax, pictureWidths } from '../../parts/pictureWidths'

/** Width and height that fit, never larger than they were. */
export function fitted(width: number, height: number, most = pictureEdgeMax): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A picture made small in the browser before it is sent: no camera's megabytes, and nothing the camera wrote into it. The widest first. */
export async function resized(file: Blob): Promise<Blob[]> {
  const image = await createImageBitmap(file)
  try {
    const whole = fitted(image.width, image.height)
    const narrower = pictureWidths.filter(width => width < whole.width).toReversed()
    const sizes = narrower.map(width => ({
      width,
      height: Math.max(1, Math.round((width * whole.height) / whole.width)),
    }))
    return await Promise.all([whole, ...sizes].map(size => drawn(image, size)))
  } finally {
    image.close()
  }
}

async function drawn(image: ImageBitmap, { width, height }: { width: number; height: number }): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen) pen.imageSmoothingQuality = 'high'
  pen?.drawImage(image, 0, 0, width, height)
  const made = (type: string) => new Promise<Blob | null>(done => canvas.toBlob(done, type, 0.82))
  // A browser that cannot write WebP gives a PNG instead; a JPEG is smaller.
  const webp = await made('image/webp')
  const small = webp?.type === 'image/webp' ? webp : await made('image/jpeg')
  if (!small) throw new Error('canvas')
  return small
}
