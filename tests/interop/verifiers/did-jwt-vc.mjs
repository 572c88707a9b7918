// W3C credential as JWT by did-jwt-vc with web-did-resolver: DID document of the issuer, signature, validity, shape of the
// credential, and a presentation signed by the holder's did:jwk.
import http from 'node:http'
import https from 'node:https'
import { createVerifiablePresentationJwt, verifyCredential, verifyPresentation } from 'did-jwt-vc'
import { Resolver } from 'did-resolver'
import { getResolver } from 'web-did-resolver'
import { publicOf, signer } from './keys.mjs'

// did:web is https alone; the issuer on this machine speaks http.
https.request = (options, ...rest) => http.request({ ...options, protocol: 'http:', agent: undefined }, ...rest)

const jwk = async (did) => {
  const id = `${did}#0`, publicKeyJwk = JSON.parse(Buffer.from(did.slice('did:jwk:'.length), 'base64url'))
  const didDocument = { id: did, verificationMethod: [{ id, type: 'JsonWebKey2020', controller: did, publicKeyJwk }], authentication: [id], assertionMethod: [id] }
  return { didDocument, didDocumentMetadata: {}, didResolutionMetadata: { contentType: 'application/did+json' } }
}

export async function verify(credential, holder) {
  const resolver = new Resolver({ ...getResolver(), jwk })
  const { verifiableCredential, issuer } = await verifyCredential(credential, resolver)
  const { x, y, kty, crv } = publicOf(holder)
  const did = verifiableCredential.credentialSubject.id
  if (!did?.startsWith('did:jwk:')) throw new Error('not bound to the key of the proof')
  const held = JSON.parse(Buffer.from(did.slice('did:jwk:'.length), 'base64url'))
  if (held.x !== x || held.y !== y || held.kty !== kty || held.crv !== crv) throw new Error('not bound to the key of the proof')
  const presentation = { vp: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], verifiableCredential: [credential] } }
  const vp = await createVerifiablePresentationJwt(presentation, { did, alg: 'ES256', signer: signer(holder) })
  await verifyPresentation(vp, resolver)
  return { format: 'jwt_vc_json', issuer: issuer.split(':').slice(0, 2).join(':'), type: verifiableCredential.type, until: verifiableCredential.expirationDate }
}
