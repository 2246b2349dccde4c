// SevenRooms goes away, forty members' bookings come in, it comes back. Plays against ./run in demo mode:
//   node docs/journeys/club-outage.mjs http://localhost:8080 http://127.0.0.1:9100 DEMO-PASSWORD [seconds of outage, default 75] [folder for pictures]
// The second address is the simulators' control, the password is the demo's; ./run prints both. What a run printed and showed: club-outage.md.
import { cameraOf } from './camera.mjs'

const [host, control, password, seconds = '75', pictures] = process.argv.slice(2)
if (!password) {
  console.error('node docs/journeys/club-outage.mjs HOST CONTROL DEMO-PASSWORD [SECONDS] [FOLDER]')
  process.exit(2)
}

const asked = 40
const names = ['amara@example.test', 'jun@example.test', 'elena@example.test', 'camille@example.test']
const tell = text => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`)
const pause = ms => new Promise(done => setTimeout(done, ms))

async function call(who, path, body, headers = {}) {
  const answer = await fetch(host + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(who ? { cookie: who } : {}), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    body: text ? JSON.parse(text) : null,
    cookie: answer.headers
      .getSetCookie()
      .map(one => one.split(';')[0])
      .join('; '),
  }
}

async function signIn(path, body) {
  const answer = await call(null, path, body)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return answer.cookie
}

const faults = list =>
  fetch(`${control}/_sim/sevenrooms/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(list),
  })
const count = list => [...new Set(list)].map(state => `${state} ${list.filter(one => one === state).length}`).join(', ')

const members = await Promise.all(names.map(name => signIn('/api/club/sign-in', { name, password })))
const operator = await signIn('/api/identity/sign-in', { email: 'admin@rialto.example', password })
const camera = pictures ? await cameraOf(host, pictures, { member: members[0], operator }) : null
const rooftop = (await call(members[0], '/api/club/experiences')).body.items.find(one => one.title.includes('Altana'))

tell('SevenRooms goes away')
await faults([{ op: '*', kind: 'refuse' }])
const booked = []
for (let number = 0; number < asked; number++) {
  const day = new Date(Date.now() + (4 + (number % 3)) * 86_400_000).toISOString().slice(0, 10)
  const member = members[number % members.length]
  const answer = await call(
    member,
    '/api/club/bookings',
    { experienceId: rooftop.id, startsAt: `${day}T19:00`, tickets: 1, pay: 'points' },
    { 'Idempotency-Key': crypto.randomUUID() },
  )
  if (answer.status !== 202)
    throw new Error(`booking ${number} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  booked.push({ member, day, id: answer.body.id })
  if (number === 0) tell(`a member reads: ${answer.body.promise.text}`)
}
const states = async () =>
  Promise.all(booked.map(async one => (await call(one.member, `/api/club/bookings/${one.id}`)).body.state))
tell(`forty bookings: ${count(await states())}`)
for (const lane of (await call(operator, '/api/club/desk/lanes')).body.items)
  tell(
    `the operator sees lane ${lane.lane.slice(-10)}: ${lane.waiting} waiting, the next try ${lane.nextAt.slice(11, 19)}`,
  )
await camera?.member('1-member-promise', `/club/bookings/${booked[0].id}`, 'Keep waiting')
await camera?.operator('2-desk-outage', '/club/desk', `${asked} bookings`)
await camera?.operator('3-desk-queues', '/club/desk/lanes', 'Next try')

await pause(Number(seconds) * 1000)
await camera?.member('4-member-told', '/club/me', 'Messages')
tell('SevenRooms is back')
await faults([])
const began = Date.now()
for (let now = await states(); now.some(state => state !== 'confirmed'); now = await states()) {
  tell(count(now))
  if (Date.now() - began > 300_000) throw new Error('five minutes later some still wait')
  await pause(2000)
}
tell(`all forty confirmed ${Math.round((Date.now() - began) / 1000)} s later`)

const held = (await (await fetch(`${control}/_sim/sevenrooms/effects`)).json()).reservations.map(one => one.externalId)
const live = held.filter(id => booked.some(one => one.id === id))
tell(`SevenRooms holds ${live.length} of them, ${new Set(live).size} different ones`)
for (const day of new Set(booked.map(one => one.day))) {
  const wanted = booked.filter(one => one.day === day).map(one => one.id)
  const done = live.filter(id => wanted.includes(id))
  tell(
    `lane ${day}: ${done.length} reservations, ${done.every((id, at) => id === wanted[at]) ? 'in the order in which they were asked for' : 'IN ANOTHER ORDER than they were asked for'}`,
  )
}
for (const message of (await call(members[0], '/api/club/messages')).body.items.slice(0, 3))
  tell(`a member was told: ${message.text}`)
const broken = (await call(operator, '/api/club/desk/invariants')).body.breaches
tell(`invariants broken: ${broken.length}`)
await camera?.member('5-member-confirmed', `/club/bookings/${booked[0].id}`, 'See you there')
await camera?.operator('6-desk-after', `/club/desk?state=confirmed&booking=${booked[0].id}`, 'Steps and calls')
await camera?.operator('7-desk-checks', '/club/desk/checks', 'Every check holds')
await camera?.close()
