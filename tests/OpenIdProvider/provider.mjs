// A certified OpenID Connect provider with some people, for tests and for trying single sign-on by hand:
//   node tests/OpenIdProvider/provider.mjs '{"redirectUris":["http://127.0.0.1:8080/api/identity/providers/test/callback"]}'
// It prints one line of JSON with its issuer, and ends when its standard input does. Client rialto, secret below; any password is right.
// POST /_test/rotate makes new signing keys and forgets the old ones.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const settings = { port: 0, redirectUris: [], postLogoutRedirectUris: [], ...JSON.parse(process.argv[2] ?? '{}') }

const people = {
  olga: { email: 'olga@one.example', email_verified: true, name: 'Olga Outside', groups: ['staff', 'sellers'] },
  ivan: { email: 'ivan@one.example', email_verified: false, name: 'Ivan Unverified', groups: ['staff'] },
  nora: { email: 'nora@one.example', email_verified: true, name: 'Nora Nogroup', groups: [] },
  ada: { email: 'ada@one.example', email_verified: true, name: 'Ada', groups: ['staff'] },
  bob: { email: 'bob@one.example', email_verified: true, name: 'Bob', groups: ['bosses'] },
  eve: { email: 'eve@elsewhere.example', email_verified: true, name: 'Eve', groups: ['staff'] },
}

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${Date.now()}-${process.hrtime.bigint()}`, use: 'sig', alg: 'RS256' }
}

function configuration() {
  return {
    clients: [
      {
        client_id: 'rialto',
        client_secret: 'a-secret-of-the-test-provider',
        redirect_uris: settings.redirectUris,
        post_logout_redirect_uris: settings.postLogoutRedirectUris,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    conformIdTokenClaims: false,
    cookies: { keys: ['only for tests'] },
    jwks: { keys: [newKey()] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined),
    // Nobody is asked for consent: whoever signed in has given it.
    async loadExistingGrant(context) {
      const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
      grant.addOIDCScope('openid email profile groups')
      await grant.save()
      return grant
    },
    ttl: { IdToken: 600, AccessToken: 600, AuthorizationCode: 60, Session: 3600, Interaction: 600, Grant: 3600 },
  }
}

let issuer = ''
let provider
let handle

function renew() {
  provider = new Provider(issuer, configuration())
  handle = provider.callback()
}

async function readBody(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

const page = (uid) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test provider</title>
<h1>Test provider</h1><form method="post" action="/interaction/${uid}">
<label>Person <input name="login" autofocus></label> <button>Sign in</button> <button name="cancel" value="1">Cancel</button></form>`

async function interact(request, response) {
  const { uid } = await provider.interactionDetails(request, response)
  if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(page(uid))
  const form = await readBody(request)
  const login = form.get('login')
  const result = form.get('cancel') || !people[login] ? { error: 'access_denied', error_description: 'Cancelled.' } : { login: { accountId: login } }
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const server = createServer(async (request, response) => {
  try {
    if (request.url === '/_test/rotate') {
      renew()
      return response.end()
    }
    if (request.url.startsWith('/interaction/')) return await interact(request, response)
    return handle(request, response)
  } catch (problem) {
    response.statusCode = 500
    return response.end(String(problem?.message ?? problem))
  }
})

server.listen(settings.port, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`
  renew()
  console.log(JSON.stringify({ issuer }))
})
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
