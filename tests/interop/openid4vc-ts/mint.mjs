// Credentials as @sd-jwt/sd-jwt-vc makes them, signed by a key that verifiers find by certificate or by key set.
import { digest, generateSalt } from '@sd-jwt/crypto-nodejs'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import * as x509 from '@peculiar/x509'

const day = 86_400
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A function that makes one credential for one holder key. `signedBy` is `x5c` or `jwks`. */
export async function minter({ issuer, key, vct, signedBy }) {
  const found = signedBy === 'x5c' ? { x5c: [await certificate(key, issuer)] } : { kid: key.thumbprint }
  const sdJwt = new SDJwtVcInstance({ signer: key.signature, signAlg: 'ES256', hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt })
  const person = { given_name: 'Ada', family_name: 'Lovelace', birthdate: '1815-12-10', nationalities: ['GB'] }
  return (holder) => {
    // To the day, so that times do not tell credentials of a batch from others.
    const iat = Math.floor(Date.now() / 1000 / day) * day
    const claims = { iss: issuer, vct, iat, exp: iat + 30 * day, cnf: { jwk: holder }, ...person }
    return sdJwt.issue(claims, { _sd: Object.keys(person) }, { header: { typ: 'dc+sd-jwt', ...found } })
  }
}

/** A certificate for the key under an authority of its own, which does not travel along. */
async function certificate(key, issuer) {
  const authority = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const publicKey = await crypto.subtle.importKey('spki', key.spki, algorithm, true, ['verify'])
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: '2a',
    subject: 'CN=Third-party issuer', issuer: 'CN=Third-party authority',
    notBefore: new Date(Date.now() - day * 1000), notAfter: new Date(Date.now() + 90 * day * 1000),
    publicKey, signingKey: authority.privateKey, signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'url', value: issuer }]),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    ],
  })
  return Buffer.from(leaf.rawData).toString('base64')
}
