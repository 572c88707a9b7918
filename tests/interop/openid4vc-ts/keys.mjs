// P-256 keys and ES256 signatures on node's own cryptography; no code in common with vcispec.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'

const dsaEncoding = 'ieee-p1363'

export const base64url = (bytes) => Buffer.from(bytes).toString('base64url')

/** A fresh key: its public JWK, and a function that signs a compact JWT. */
export function newKey() {
  // As DER, because exporting key objects as JWK is said to hang in node 20 when many are made.
  const publicKeyEncoding = { format: 'der', type: 'spki' }
  const { publicKey, privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding })
  const point = publicKey.subarray(-64)
  const jwk = { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(0, 32)), y: base64url(point.subarray(32)) }
  const signature = (text) => base64url(sign('sha256', Buffer.from(text), { key, dsaEncoding }))
  return { jwk, thumbprint: thumbprint(jwk), spki: publicKey, pem: () => key.export({ format: 'pem', type: 'pkcs8' }), signature, signJwt: (header, payload) => {
    const text = [header, payload].map((part) => base64url(JSON.stringify(part))).join('.')
    return `${text}.${signature(text)}`
  } }
}

/** Whether the last part of a compact JWT signs the first two. */
export function verifies(compact, jwk) {
  const end = compact.lastIndexOf('.')
  const key = createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, format: 'jwk' })
  return verify('sha256', Buffer.from(compact.slice(0, end)), { key, dsaEncoding }, Buffer.from(compact.slice(end + 1), 'base64url'))
}

/** RFC 7638. */
export function thumbprint({ crv, kty, x, y }) {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

/** did:jwk carries the key in its name. */
export const didJwk = (jwk) => `did:jwk:${base64url(JSON.stringify(jwk))}#0`
export const keyOfDidJwk = (url) => JSON.parse(Buffer.from(url.replace(/^did:jwk:/, '').split('#')[0], 'base64url'))
