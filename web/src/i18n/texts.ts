import type account from './en/account.json'
import type admin from './en/admin.json'
import type club from './en/club.json'
import type desk from './en/desk.json'
import type developers from './en/developers.json'
import type forecast from './en/forecast.json'
import type identity from './en/identity.json'
import type logs from './en/logs.json'
import type personal from './en/personal.json'
import type shell from './en/shell.json'

/** Every text there is, by its key: one line an area. */
export type Texts = typeof account &
  typeof admin &
  typeof club &
  typeof desk &
  typeof forecast &
  typeof developers &
  typeof identity &
  typeof logs &
  typeof personal &
  typeof shell
