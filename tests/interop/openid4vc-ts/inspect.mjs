// Reads an SD-JWT VC with @sd-jwt/sd-jwt-vc and tells what the library found. A certificate chain has to end at the
// authority in the environment variable TRUST_ANCHOR (PEM), if there is one.
import { X509Certificate } from 'node:crypto'
import { digest } from '@sd-jwt/crypto-nodejs'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { thumbprint, verifies } from './keys.mjs'

/**
 * Verifies a credential and describes it: `{ typ, vct, claims, signature, holder }`. `signature` names where the key
 * came from, `holder` is the thumbprint of the key that the credential is bound to. Throws if anything does not verify.
 */
export async function inspect(credential) {
  let signature
  const reader = new SDJwtVcInstance({
    hasher: digest,
    verifier: async (data, mark) => {
      const [header, payload] = data.split('.').map((part) => JSON.parse(Buffer.from(part, 'base64url')))
      const found = await issuerKey(header, payload)
      signature = found.from
      return verifies(`${data}.${mark}`, found.jwk)
    },
  })
  const { payload, header } = await reader.verify(credential, { requiredClaimKeys: ['vct', 'cnf'] })
  const { vct, cnf, iss, ...claims } = payload
  return { typ: header.typ, vct, claims: Object.keys(claims).sort(), signature, holder: thumbprint(cnf.jwk) }
}

async function issuerKey(header, { iss }) {
  if (header.x5c) {
    const chain = header.x5c.map((certificate) => new X509Certificate(Buffer.from(certificate, 'base64')))
    if (process.env.TRUST_ANCHOR) checkChain([...chain, new X509Certificate(process.env.TRUST_ANCHOR)])
    const [leaf] = chain
    if (iss && !leaf.subjectAltName?.includes(`URI:${iss}`)) throw new Error(`the certificate is for ${leaf.subjectAltName}, not for ${iss}`)
    return { from: 'x5c', jwk: leaf.publicKey.export({ format: 'jwk' }) }
  }
  const { origin, pathname } = new URL(iss)
  const place = `${origin}/.well-known/jwt-vc-issuer${pathname === '/' ? '' : pathname}`
  const metadata = await (await fetch(place)).json()
  if (metadata.issuer !== iss) throw new Error(`${place} speaks for ${metadata.issuer}, not for ${iss}`)
  const keys = metadata.jwks?.keys ?? (await (await fetch(metadata.jwks_uri)).json()).keys
  const jwk = keys.find(({ kid }) => kid === header.kid)
  if (!jwk) throw new Error(`${place} has no key ${header.kid}`)
  return { from: 'jwt-vc-issuer', jwk }
}

function checkChain(chain) {
  chain.slice(1).forEach((authority, index) => {
    const certificate = chain[index]
    if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
      throw new Error(`${certificate.subject} was not certified by ${authority.subject}`)
    }
  })
}
