// SD-JWT VC by @sd-jwt/sd-jwt-vc: signature, digests of every layer, validity, type metadata with their extensions (their
// hashes by ssri, because the library takes the base64 of Subresource Integrity for hexadecimal), status by @sd-jwt/jwt-status-list, and a presentation bound to the holder's key.
import { createHash } from 'node:crypto'
import ssri from 'ssri'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { decode, issuerKey, publicOf, signer, verifies } from './keys.mjs'

// The one of @sd-jwt/crypto-nodejs knows names in small letters alone.
const hasher = (data, algorithm) => createHash(algorithm.replace('-', '')).update(data instanceof ArrayBuffer ? Buffer.from(data) : data).digest()

const byIssuer = (iss) => async (text, signature) => {
  const [header, payload] = text.split('.').map(decode)
  return verifies(await issuerKey(header, payload.iss ?? iss))(text, signature)
}

async function typeAt(uri, integrity) {
  const answer = await fetch(uri)
  if (!answer.ok) throw new Error(`${uri}: ${answer.status}`)
  const octets = Buffer.from(await answer.arrayBuffer())
  if (integrity) ssri.checkData(octets, integrity, { error: true })
  const { claims, ...type } = JSON.parse(octets)
  // The schema of the library has no place for an index in a path.
  return { ...type, claims: claims?.filter(({ path }) => !path.some(Number.isInteger)) }
}

async function statusListAt(uri) {
  const answer = await fetch(uri, { headers: { accept: 'application/statuslist+jwt' } })
  const type = answer.headers.get('content-type')
  if (!answer.ok || type !== 'application/statuslist+jwt') throw new Error(`the status list came as ${answer.status} ${type}`)
  const token = await answer.text()
  const [header, payload] = token.split('.').slice(0, 2).map(decode)
  if (header.typ !== 'statuslist+jwt' || payload.sub !== uri) throw new Error(`expected a status list for ${uri}, got ${header.typ} for ${payload.sub}`)
  return token
}

export async function verify(credential, holder, configuration) {
  const [header, payload] = credential.split('.').slice(0, 2).map(decode)
  const hash = payload._sd_alg ?? 'sha-256'
  let status
  const reader = new SDJwtVcInstance({
    hasher, hashAlg: hash, signAlg: 'ES256', kbSignAlg: 'ES256',
    verifier: byIssuer(payload.iss), statusVerifier: byIssuer(payload.iss), statusListFetcher: statusListAt,
    statusValidator: async (value) => { status = value; if (value !== 0) throw new Error(`the status is ${value}`) },
    loadTypeMetadataFormat: true, vctFetcher: typeAt,
    kbSigner: signer(holder), kbVerifier: (text, signature, { cnf }) => verifies(cnf.jwk)(text, signature),
  })
  if (header.typ !== configuration.format) throw new Error(`typ is ${header.typ}`)
  const { payload: claims, typeMetadata } = await reader.verify(credential, { requiredClaimKeys: ['vct', 'cnf'] })
  const nonce = 'of the verifier'
  const kb = { payload: { iat: Math.floor(Date.now() / 1000), aud: 'https://verifier.example', nonce } }
  const presented = await reader.present(credential, frame(claims), { kb })
  const { kb: bound } = await reader.verify(presented, { keyBindingNonce: nonce, requiredClaimKeys: ['vct', 'cnf'] })
  if (bound?.payload.nonce !== nonce || publicOf(holder).x !== claims.cnf.jwk.x) throw new Error('not bound to the key of the proof')
  return {
    format: header.typ, hash, type: payload.vct.split('/').at(-1), layers: typeMetadata.vctValues.length,
    claims: Object.keys(claims).sort(), disclosures: credential.split('~').length - 2, status, key: header.x5c ? 'x5c' : 'jwt-vc-issuer',
  }
}

/** Discloses everything. */
function frame(value) {
  if (Array.isArray(value)) return Object.fromEntries(value.map((inner, index) => [index, frame(inner)]))
  if (value === null || typeof value !== 'object') return true
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, frame(inner)]))
}
