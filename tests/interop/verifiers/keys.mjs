// Where verifiers get keys from: certificates, key sets at well-known places, the private key of the holder.
import { X509Certificate, createPrivateKey, createPublicKey, sign, verify as check } from 'node:crypto'

const dsaEncoding = 'ieee-p1363'

export const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'))

/** Whether this signature by this JWK (P-256) is over this text. */
export const verifies = (jwk) => async (text, signature) =>
  check('sha256', Buffer.from(text), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding }, Buffer.from(signature, 'base64url'))

/** A function that signs a text with a key in PEM, ES256. */
export const signer = (pem) => async (text) => sign('sha256', Buffer.from(text), { key: pem, dsaEncoding }).toString('base64url')

/** The private JWK of a key in PEM. */
export const jwkOf = (pem) => createPrivateKey(pem).export({ format: 'jwk' })

/** The public JWK of it. */
export const publicOf = (pem) => { const { d, ...jwk } = jwkOf(pem); return jwk }

/** The key of the one who signed: from the chain in the header, which has to lead to an authority that is trusted, or from a key set. */
export async function issuerKey({ x5c, kid }, iss) {
  if (x5c) return leafOf(x5c).publicKey.export({ format: 'jwk' })
  const { origin, pathname } = new URL(iss)
  const path = pathname === '/' ? '' : pathname
  const metadata = await json(`${origin}/.well-known/jwt-vc-issuer${path}`) ?? await json(`${iss}/.well-known/openid-configuration`)
  if (metadata?.issuer !== iss) throw new Error(`the metadata of ${iss} speak for ${metadata?.issuer}`)
  const { keys } = metadata.jwks ?? await json(metadata.jwks_uri)
  const jwk = keys.find((key) => key.kid === kid)
  if (!jwk) throw new Error(`${iss} has no key ${kid}`)
  return jwk
}

/** The authorities that are trusted, each in PEM. */
export const anchors = () => process.env.TRUST_ANCHOR.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g)

function leafOf(x5c) {
  const chain = x5c.map((certificate) => new X509Certificate(Buffer.from(certificate, 'base64')))
  const last = chain.at(-1)
  const roots = anchors().map((pem) => new X509Certificate(pem))
  const links = [...chain.slice(1).map((authority, index) => [chain[index], authority]), [last, roots.find((root) => last.checkIssued(root))]]
  for (const [certificate, authority] of links) {
    if (!authority || !certificate.verify(authority.publicKey)) throw new Error(`nobody who is trusted certified ${certificate.subject}`)
  }
  return chain[0]
}

async function json(url) {
  const answer = await fetch(url)
  return answer.ok ? answer.json() : undefined
}
