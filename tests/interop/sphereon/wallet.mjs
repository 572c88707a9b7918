// node wallet.mjs OFFER [--tx-code N] [--dpop] [--did]
// Redeems an offer with @sphereon/oid4vci-client, which speaks draft 15, and prints what it was given, for others to
// verify: {"token_type", "credentials", "holders": [PEM], "configuration"} and exit 0, or {"error"} and exit 1.
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { OpenID4VCIClientV1_0_15 } from '@sphereon/oid4vci-client'
import { didJwk, newKey } from '../openid4vc-ts/keys.mjs'

const { values, positionals: [uri] } = parseArgs({
  allowPositionals: true,
  options: { 'tx-code': { type: 'string' }, dpop: { type: 'boolean' }, did: { type: 'boolean' } },
})

try {
  const holder = newKey(), bound = newKey()
  const client = await OpenID4VCIClientV1_0_15.fromURI({ uri, clientId: 'third-party-wallet', resolveOfferUri: true, retrieveServerMetadata: true })
  const dpop = values.dpop && {
    jwtIssuer: { alg: 'ES256', jwk: bound.jwk },
    dPoPSigningAlgValuesSupported: ['ES256'],
    jwtPayloadProps: {},
    createJwtCallback: async (_, { header, payload }) => bound.signJwt(header, payload),
  }
  const token = await client.acquireAccessToken({ pin: values['tx-code'], ...(dpop && { createDPoPOpts: dpop }) })
  const [id] = client.getCredentialOfferConfigurationIds()
  const configuration = client.endpointMetadata.credentialIssuerMetadata.credential_configurations_supported[id]
  const answer = await client.acquireCredentials({
    credentialConfigurationId: id, format: configuration.format, alg: 'ES256', jti: randomUUID(),
    ...(values.did ? { kid: didJwk(holder.jwk) } : { jwk: holder.jwk }),
    proofCallbacks: { signCallback: async ({ header, payload }) => holder.signJwt(header, payload) },
    ...(dpop && { createDPoPOpts: dpop }),
  })
  const credentials = answer.credentials.map(({ credential }) => credential)
  console.log(JSON.stringify({ token_type: token.token_type, credentials, holders: [holder.pem()], configuration }))
} catch (error) {
  console.log(JSON.stringify({ error: String(error.message ?? error) }))
  process.exitCode = 1
}
