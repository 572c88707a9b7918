// node issuer.mjs
// A credential issuer and its authorization server. What a request must look like, which proofs are good and what is
// answered is decided by @openid4vc/openid4vci and @openid4vc/oauth2; this file adds what those leave to their caller:
// storage, single use, nonces, offers, HTTP. Switches, by environment:
//   PORT               a port; any free one without
//   DPOP               off, optional (default), required
//   DPOP_NONCE         1: both servers demand a nonce of their own in DPoP proofs
//   BATCH              most key proofs in a request (10); 1 leaves batches unannounced
//   SIGN               x5c (default) or jwks: how verifiers find the key of the credentials
// Prints {"credential_issuer", "management_url"} when ready. POST {management_url}/offers as with `vcispec serve`.
import { randomBytes, randomInt } from 'node:crypto'
import { Oauth2AuthorizationServer, Oauth2ResourceServer, Oauth2ResourceUnauthorizedError, Oauth2ServerErrorResponseError } from '@openid4vc/oauth2'
import { Openid4vciIssuer, Openid4vciVersion } from '@openid4vc/openid4vci'
import { callbacks, keyOf } from './callbacks.mjs'
import { json, serve } from './http.mjs'
import { newKey, thumbprint } from './keys.mjs'
import { minter } from './mint.mjs'
import { store } from './once.mjs'

const { PORT = '0', DPOP = 'optional', DPOP_NONCE, BATCH = '10', SIGN = 'x5c' } = process.env
const batchSize = Number(BATCH)
const lifetime = 300
const preAuthorizedCode = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const noStore = { 'cache-control': 'no-store' }
const random = (bytes = 24) => randomBytes(bytes).toString('base64url')
const refusal = (error, error_description) => new Oauth2ServerErrorResponseError({ error, error_description })
const challenge = (error, error_description) => new Oauth2ResourceUnauthorizedError(error, { scheme: 'DPoP', error, error_description })

/** Thrown where a DPoP proof lacks a nonce of ours. */
class NonceWanted extends Error {}

const routes = {}
const origin = await serve({ port: Number(PORT), routes, fallback: (request) => byReference(request), failed })

const key = newKey()
const jwks = { keys: [{ ...key.jwk, kid: key.thumbprint, alg: 'ES256', use: 'sig' }] }
const keySet = `${origin}/as/keys`
const parties = { callbacks: callbacks({
  keys: [key],
  clientId: origin,
  // The resource server asks for the key set at each request; it need not travel.
  fetch: async (address, options) => String(address) === keySet
    ? Response.json(jwks, { headers: { 'content-type': 'application/jwk-set+json' } }) : fetch(address, options),
}) }
const issuer = new Openid4vciIssuer(parties)
const authorizationServer = new Oauth2AuthorizationServer(parties)
const resourceServer = new Oauth2ResourceServer(parties)

const serverMetadata = authorizationServer.createAuthorizationServerMetadata({
  issuer: origin,
  token_endpoint: `${origin}/as/token`,
  jwks_uri: keySet,
  grant_types_supported: [preAuthorizedCode],
  response_types_supported: ['none'],
  token_endpoint_auth_methods_supported: ['none'],
  'pre-authorized_grant_anonymous_access_supported': true,
  ...(DPOP !== 'off' && { dpop_signing_alg_values_supported: ['ES256'] }),
})
const configurations = Object.fromEntries(['pid', 'residence'].map((scope) => [scope, {
  format: 'dc+sd-jwt', vct: `${origin}/types/${scope}`, scope,
  cryptographic_binding_methods_supported: ['jwk', 'did:jwk'],
  credential_signing_alg_values_supported: ['ES256'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
  // The library tells version 1.0 from earlier drafts by this member.
  credential_metadata: {
    display: [{ name: scope, locale: 'en' }],
    claims: ['given_name', 'family_name', 'birthdate', 'nationalities'].map((name) => ({ path: [name] })),
  },
}]))
const credentialIssuer = issuer.createCredentialIssuerMetadata({
  credential_issuer: origin,
  credential_endpoint: `${origin}/vci/credential`,
  nonce_endpoint: `${origin}/vci/nonce`,
  display: [{ name: 'Third-party issuer', locale: 'en' }],
  credential_configurations_supported: configurations,
  ...(batchSize > 1 && { batch_credential_issuance: { batch_size: batchSize } }),
})
const issuerMetadata = {
  originalDraftVersion: Openid4vciVersion.V1,
  credentialIssuer,
  authorizationServers: [serverMetadata],
  knownCredentialConfigurations: configurations,
}
const mint = Object.fromEntries(await Promise.all(Object.entries(configurations).map(async ([id, { vct }]) => [
  id, await minter({ issuer: origin, key, vct, signedBy: SIGN }),
])))

const codes = store(lifetime), offers = store(lifetime), nonces = store(lifetime), dpopNonces = store(lifetime), identifiers = store(lifetime)

/** What the library leaves to its caller about DPoP: our nonce, and that no proof is used twice. */
function checkDpop(proof, refuse) {
  if (!proof || DPOP === 'off') return
  const { jti, nonce } = claims(proof) ?? {}
  if (DPOP_NONCE === '1' && !dpopNonces.get(nonce)) throw new NonceWanted()
  // A proof without one is the library's to refuse.
  if (jti === undefined) return
  if (identifiers.get(jti)) throw refuse('invalid_dpop_proof', 'this proof was used before')
  identifiers.put(jti)
}

/** The payload of a JWT, unverified. */
function claims(jwt) {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'))
  } catch {
    return undefined
  }
}

function form(request) {
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) throw refusal('invalid_request', 'not a form')
  const fields = new URLSearchParams(request.text)
  if ([...fields.keys()].length !== new Set(fields.keys()).size) throw refusal('invalid_request', 'a parameter is repeated')
  return Object.fromEntries(fields)
}

/** The request as the library wants to see it. */
const seen = ({ method, path, headers }) => ({ method, url: `${origin}${path}`, headers })

Object.assign(routes, {
  'GET /.well-known/openid-credential-issuer': () => json(credentialIssuer),
  'GET /.well-known/oauth-authorization-server': () => json(serverMetadata),
  'GET /.well-known/jwt-vc-issuer': () => json({ issuer: origin, jwks }),
  'GET /as/keys': () => json(jwks, 200, { 'content-type': 'application/jwk-set+json' }),

  async 'POST /manage/offers'({ text }) {
    const { credential_configuration_id: one, credential_configuration_ids: many = [one], tx_code: wanted, by_reference } = JSON.parse(text)
    const length = wanted?.length ?? 6
    const code = random(), txCode = wanted && String(randomInt(10 ** length)).padStart(length, '0'), id = random(16)
    const { credentialOffer, credentialOfferObject } = await issuer.createCredentialOffer({
      issuerMetadata,
      credentialConfigurationIds: many,
      credentialOfferUri: by_reference ? `${origin}/vci/offers/${id}` : undefined,
      grants: { [preAuthorizedCode]: { 'pre-authorized_code': code, ...(txCode && { tx_code: { input_mode: 'numeric', length } }) } },
    })
    codes.put(code, { code, txCode, configurations: many, until: new Date(Date.now() + lifetime * 1000) })
    if (by_reference) offers.put(id, credentialOfferObject)
    return json({ offer_id: id, credential_offer_uri: credentialOffer, tx_code_value: txCode }, 201, noStore)
  },

  async 'POST /as/token'(request) {
    const asked = authorizationServer.parseAccessTokenRequest({ accessTokenRequest: form(request), request: seen(request) })
    checkDpop(asked.dpop?.jwt, refusal)
    const known = codes.get(asked.grant.preAuthorizedCode)
    const { dpop } = await authorizationServer.verifyPreAuthorizedCodeAccessTokenRequest({
      authorizationServerMetadata: serverMetadata,
      request: seen(request),
      grant: asked.grant,
      accessTokenRequest: asked.accessTokenRequest,
      expectedPreAuthorizedCode: known?.code,
      expectedTxCode: known?.txCode,
      preAuthorizedCodeExpiresAt: known?.until,
      dpop: DPOP === 'off' ? undefined : { ...asked.dpop, required: DPOP === 'required', allowedSigningAlgs: ['ES256'] },
    })
    // Between `get` and `take` somebody else may have been faster.
    if (!codes.take(known.code)) throw refusal('invalid_grant', 'the code was redeemed')
    return json(await authorizationServer.createAccessTokenResponse({
      audience: origin,
      authorizationServer: origin,
      signer: { method: 'jwk', alg: 'ES256', publicJwk: { ...key.jwk, kid: key.thumbprint } },
      subject: random(),
      expiresInSeconds: lifetime,
      dpop,
      additionalAccessTokenPayload: { configurations: known.configurations },
    }), 200, noStore)
  },

  'POST /vci/nonce'() {
    const cNonce = random()
    nonces.put(cNonce)
    return json(issuer.createNonceResponse({ cNonce }), 200, noStore)
  },

  async 'POST /vci/credential'(request) {
    const { tokenPayload } = await resourceServer.verifyResourceRequest({
      request: seen(request),
      resourceServer: origin,
      authorizationServers: [serverMetadata],
      allowedAuthenticationSchemes: { off: ['Bearer'], optional: ['DPoP', 'Bearer'], required: ['DPoP'] }[DPOP],
    })
    checkDpop(request.headers.get('dpop'), challenge)
    let credentialRequest
    try {
      credentialRequest = JSON.parse(request.text)
    } catch {
      throw refusal('invalid_credential_request', 'not JSON')
    }
    const asked = issuer.parseCredentialRequest({ issuerMetadata, credentialRequest })
    if (!tokenPayload.configurations.includes(asked.credentialConfigurationId)) throw refusal('invalid_credential_request', 'not what was offered')
    const proofs = asked.proofs?.jwt ?? []
    if (proofs.length === 0) throw refusal('invalid_proof', 'no key proof')
    if (proofs.length > batchSize) throw refusal('invalid_proof', `more than ${batchSize} key proofs`)
    const holders = []
    const used = new Set()
    for (const jwt of proofs) {
      const { nonce } = claims(jwt) ?? {}
      if (nonce === undefined) throw refusal('invalid_proof', 'a key proof has no nonce')
      if (!nonces.get(nonce)) throw refusal('invalid_nonce', 'not a nonce of ours, or too old')
      used.add(nonce)
      const { signer } = await issuer.verifyCredentialRequestJwtProof({ issuerMetadata, jwt, expectedNonce: nonce })
      holders.push(keyOf(signer))
    }
    if (new Set(holders.map(thumbprint)).size < holders.length) throw refusal('invalid_proof', 'two key proofs for one key')
    for (const nonce of used) if (!nonces.take(nonce)) throw refusal('invalid_nonce', 'the nonce was used')
    const credentials = await Promise.all(holders.map(async (holder) => ({ credential: await mint[asked.credentialConfigurationId](holder) })))
    return json(issuer.createCredentialResponse({ credentialRequest: asked, credentials }), 200, noStore)
  },
})

function byReference({ method, path }) {
  const offer = method === 'GET' && path.startsWith('/vci/offers/') && offers.get(path.split('/').at(-1))
  return offer ? json(offer, 200, noStore) : json({ error: 'not_found' }, 404)
}

function failed(error, path) {
  if (error instanceof NonceWanted) {
    const nonce = random()
    dpopNonces.put(nonce)
    const answer = { error: 'use_dpop_nonce', error_description: 'a nonce of ours is required' }
    return path === '/as/token'
      ? json(answer, 400, { ...noStore, 'dpop-nonce': nonce })
      : json(answer, 401, { ...noStore, 'dpop-nonce': nonce, 'www-authenticate': 'DPoP error="use_dpop_nonce"' })
  }
  if (error instanceof Oauth2ServerErrorResponseError) return json(error.errorResponse, error.status, noStore)
  if (error instanceof Oauth2ResourceUnauthorizedError) {
    // The library's descriptions may hold line breaks, which no header can.
    return json({}, 401, { ...noStore, 'www-authenticate': error.toHeaderValue().replace(/[^\x20-\x7e]+/g, ' ') })
  }
  console.error(path, error)
  return json({ error: 'server_error' }, 500)
}

console.log(JSON.stringify({ credential_issuer: origin, management_url: `${origin}/manage` }))
