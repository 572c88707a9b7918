// W3C credential as JWT of an issuer that is a URL, by jose: its key from the key set of its OpenID configuration.
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { decode, publicOf } from './keys.mjs'

export async function verify(credential, holder) {
  const { iss } = decode(credential.split('.')[1])
  const configuration = await (await fetch(`${iss}/.well-known/openid-configuration`)).json()
  const keys = createRemoteJWKSet(new URL(configuration.jwks_uri))
  const { payload: { vc, sub, cnf, jti, exp }, protectedHeader: { alg } } = await jwtVerify(credential, keys, {
    issuer: configuration.issuer, algorithms: ['ES256'], typ: 'JWT', requiredClaims: ['nbf', 'exp', 'jti', 'vc'],
  })
  const bound = cnf?.jwk ?? JSON.parse(Buffer.from(sub.slice('did:jwk:'.length), 'base64url'))
  if (bound.x !== publicOf(holder).x) throw new Error('not bound to the key of the proof')
  if (vc.id !== jti) throw new Error(`vc.id is ${vc.id}, jti ${jti}`)
  return { format: 'jwt_vc_json', issuer: 'url', alg, type: vc.type, until: new Date(1000 * exp).toISOString() }
}
