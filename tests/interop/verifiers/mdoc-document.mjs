// What OpenID4VCI hands out is an IssuerSigned; verifiers read a DeviceResponse around it. Its few octets of CBOR by
// hand, so that those of the issuer go through untouched.
const text = (value) => Buffer.concat([Buffer.from(value.length < 24 ? [0x60 | value.length] : [0x78, value.length]), Buffer.from(value)])
const map = (...entries) => Buffer.concat([Buffer.from([0xa0 | entries.length]), ...entries.flatMap(([name, value]) => [text(name), value])])

/** A DeviceResponse, without any signature of a device, around a credential of this type. */
export function document(credential, doctype) {
  const signed = map(['docType', text(doctype)], ['issuerSigned', Buffer.from(credential, 'base64url')])
  const list = Buffer.concat([Buffer.from([0x81]), signed])
  return map(['version', text('1.0')], ['documents', list], ['status', Buffer.from([0])])
}
