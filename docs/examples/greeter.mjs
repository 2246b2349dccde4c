// A small service to put behind the gateway: Node.js and nothing else.
//   node docs/examples/greeter.mjs 9201 v1
// GET /hello?name=... greets; GET /health says whether it is well; PUT /health {"well":false} makes it sick, to see the gateway leave it out;
// GET /events streams; POST /echo sends back what came; a WebSocket at /chat sends back what is said.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

const [port = '9201', version = 'v1'] = process.argv.slice(2)
let well = true

const json = (response, status, value) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

const bodyOf = async (request) => {
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://greeter')
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /health':
      return json(response, well ? 200 : 503, { well, version })
    case 'PUT /health':
      well = JSON.parse(await bodyOf(request)).well === true
      return json(response, 200, { well, version })
    case 'GET /hello':
      return json(response, 200, {
        greeting: `Hello ${url.searchParams.get('name') ?? 'you'}`,
        version,
        // The gateway says who asks and under which trace; the client's own claims do not get here.
        trace: request.headers.traceparent ?? null,
        from: request.headers['x-forwarded-for'] ?? null,
      })
    case 'GET /events':
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      for (let n = 1; n <= 3; n++) {
        response.write(`data: ${n} from ${version}\n\n`)
        await new Promise((done) => setTimeout(done, 100))
      }
      return response.end()
    case 'POST /echo':
      response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' })
      return response.end(await bodyOf(request))
    default:
      return json(response, 404, { error: 'There is no such thing here.' })
  }
})

// The smallest WebSocket server that speaks the protocol: short text messages, unfragmented (RFC 6455).
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  let waiting = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (piece) => {
    waiting = Buffer.concat([waiting, piece])
    while (waiting.length >= 6) {
      const [opcode, length] = [waiting[0] & 0x0f, waiting[1] & 0x7f]
      if (length > 100) return socket.destroy()
      if (waiting.length < 6 + length) return
      const mask = waiting.subarray(2, 6)
      const said = Buffer.from(waiting.subarray(6, 6 + length).map((byte, at) => byte ^ mask[at % 4]))
      waiting = waiting.subarray(6 + length)
      if (opcode === 8) return socket.end(Buffer.concat([Buffer.from([0x88, said.length]), said]))
      const answer = opcode === 1 ? Buffer.from(`${version}: ${said}`) : said
      socket.write(Buffer.concat([Buffer.from([0x80 | (opcode === 9 ? 10 : opcode), answer.length]), answer]))
    }
  })
})

server.listen(Number(port), '127.0.0.1', () => console.log(`greeter ${version} listens on http://127.0.0.1:${server.address().port}`))
