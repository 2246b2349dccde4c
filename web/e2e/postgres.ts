import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { data } from './host'

const text = (value: string) => Buffer.from(`${value}\0`)

function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(kind.length + 4)
  head.write(kind)
  head.writeInt32BE(body.length + 4, kind.length)
  return Buffer.concat([head, body])
}

/** Runs statements in the host's own database, for what nothing outside of it can bring about: the few messages of PostgreSQL's protocol that this takes. */
export async function sql(statements: string): Promise<void> {
  // The fifth line says where the server listens.
  const [, , , , sockets] = (await readFile(resolve(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  const socket = connect(`${sockets}/.s.PGSQL.5432`)
  const version = Buffer.from([0, 3, 0, 0])
  socket.write(
    message(
      '',
      Buffer.concat([version, text('user'), text('rialto'), text('database'), text('rialto'), Buffer.alloc(1)]),
    ),
  )
  let rest: Buffer = Buffer.alloc(0)
  let asked = false
  for await (const piece of socket) {
    rest = Buffer.concat([rest, piece as Buffer])
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const [kind, body] = [String.fromCharCode(rest[0] ?? 0), rest.subarray(5, rest.readInt32BE(1) + 1)]
      rest = rest.subarray(rest.readInt32BE(1) + 1)
      if (kind === 'E') {
        socket.destroy()
        throw new Error(body.toString().replaceAll('\0', ' '))
      }
      if (kind !== 'Z') continue
      if (asked) {
        socket.destroy()
        return
      }
      socket.write(message('Q', text(statements)))
      asked = true
    }
  }
  throw new Error('The server has gone')
}
