// mdoc by @auth0/mdl: the device presents everything under its key, and the verifier judges issuer and device
// authentication: chain to the IACA, COSE signature, digests, validity, device key.
import { DeviceResponse, Verifier, parse } from '@auth0/mdl'
import { anchors, jwkOf } from './keys.mjs'
import { document } from './mdoc-document.mjs'

export async function verify(credential, holder, { doctype }) {
  const issued = document(credential, doctype)
  const { docType, issuerSigned } = parse(issued).documents[0]
  const names = Object.entries(issuerSigned.nameSpaces)
  const fields = names.flatMap(([space, items]) => items.map(({ elementIdentifier }) => ({ path: [`$['${space}']['${elementIdentifier}']`], intent_to_retain: false })))
  const wanted = { id: 'everything', input_descriptors: [{ id: docType, format: { mso_mdoc: { alg: ['ES256'] } }, constraints: { limit_disclosure: 'required', fields } }] }
  const session = ['nonce of the device', 'https://verifier.example', 'https://verifier.example/response', 'nonce of the verifier']
  const building = DeviceResponse.from(issued).usingPresentationDefinition(wanted).usingSessionTranscriptForOID4VP(...session)
  const transcript = building.sessionTranscriptBytes
  const response = await building.authenticateWithSignature(jwkOf(holder), 'ES256').sign()
  const judge = new Verifier(anchors())
  const failed = []
  const judged = await judge.verify(response.encode(), {
    encodedSessionTranscript: transcript, onCheck: ({ status, check, reason }) => { if (status === 'FAILED') failed.push(reason ?? check) },
  })
  if (failed.length > 0) throw new Error(failed.join('; '))
  const { validityInfo } = judged.documents[0].issuerSigned.issuerAuth.decodedPayload
  return { format: 'mso_mdoc', type: docType, claims: fields.length, until: validityInfo.validUntil }
}
