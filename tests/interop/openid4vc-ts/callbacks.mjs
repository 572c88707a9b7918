// What @openid4vc/* wants to be given: hashing, randomness, signing, verifying. Everything else is the library's.
import { createHash, randomBytes } from 'node:crypto'
import { clientAuthenticationNone } from '@openid4vc/oauth2'
import { setGlobalConfig } from '@openid4vc/utils'
import { keyOfDidJwk, thumbprint, verifies } from './keys.mjs'

// Loopback http.
setGlobalConfig({ allowInsecureUrls: true })

/** The public key that a signer of the library stands for. */
export const keyOf = (signer) => {
  if (signer.method === 'jwk') return signer.publicJwk
  if (signer.method === 'did' && signer.didUrl.startsWith('did:jwk:')) return keyOfDidJwk(signer.didUrl)
  return undefined
}

/** The callbacks of a party that holds these keys. */
export function callbacks({ keys, clientId, fetch: fetching = fetch }) {
  const held = new Map(keys.map((key) => [key.thumbprint, key]))
  const refuse = async () => { throw new Error('nothing is encrypted here') }
  return {
    fetch: fetching,
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: (count) => randomBytes(count),
    clientAuthentication: clientAuthenticationNone({ clientId }),
    encryptJwe: refuse,
    decryptJwe: refuse,
    signJwt: async (signer, { header, payload }) => {
      const jwk = keyOf(signer)
      return { jwt: held.get(thumbprint(jwk)).signJwt(header, payload), signerJwk: jwk }
    },
    verifyJwt: async (signer, { compact }) => {
      const jwk = keyOf(signer)
      // Nothing that a header may declare critical is understood here.
      const { crit } = JSON.parse(Buffer.from(compact.split('.')[0], 'base64url'))
      const verified = crit === undefined && signer.alg === 'ES256' && jwk?.kty === 'EC' && verifies(compact, jwk)
      return verified ? { verified, signerJwk: jwk } : { verified: false }
    },
  }
}
