import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Source {
  path: string
  text: string
}

/** The files of web/src whose path matches, for the tests that hold them against the house rules. Tests are not among them. */
export function sources(pattern: RegExp): Source[] {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map(path => path.replaceAll('\\', '/'))
  const found = paths.filter(path => pattern.test(path) && !/\.test\.tsx?$|schema\.d\.ts$|^sources\.ts$/.test(path))
  if (found.length === 0) throw new Error(`No file under ${root} matches ${pattern}`)
  return found.map(path => ({ path, text: readFileSync(root + path, 'utf8') }))
}
