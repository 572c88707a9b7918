// node wallet.mjs OFFER [--tx-code N]
// Redeems an offer with @learncard/openid4vc-plugin, which speaks 1.0 and draft 13 and proves a did:jwk, and prints what
// it was given, for others to verify: {"token_type", "credentials", "holders": [PEM], "configuration"} and exit 0, or
// {"error"} and exit 1.
import { parseArgs } from 'node:util'
import {
  acceptCredentialOffer, fetchCredentialIssuerMetadata, parseCredentialOfferUri, resolveCredentialOfferByReference,
} from '@learncard/openid4vc-plugin'
import { didJwk, newKey } from '../openid4vc-ts/keys.mjs'

const { values, positionals: [uri] } = parseArgs({ allowPositionals: true, options: { 'tx-code': { type: 'string' } } })

try {
  const holder = newKey()
  const parsed = parseCredentialOfferUri(uri)
  const offer = parsed.kind === 'by_value' ? parsed.offer : await resolveCredentialOfferByReference(parsed.uri)
  const signer = { alg: 'ES256', kid: didJwk(holder.jwk), sign: async (header, payload) => holder.signJwt(header, payload) }
  const given = await acceptCredentialOffer({ offer, signer, options: { txCode: values['tx-code'], clientId: 'third-party-wallet' } })
  const { metadata } = await fetchCredentialIssuerMetadata(offer.credential_issuer)
  const [{ configuration_id: id }] = given.credentials
  const credentials = given.credentials.map(({ credential }) => credential)
  console.log(JSON.stringify({
    token_type: given.token_type ?? 'Bearer', credentials, holders: credentials.map(() => holder.pem()),
    configuration: metadata.credential_configurations_supported[id],
  }))
} catch (error) {
  console.log(JSON.stringify({ error: [error, error.cause, error.body].filter(Boolean).map((one) => one.message ?? JSON.stringify(one)).join(': ') }))
  process.exitCode = 1
}
