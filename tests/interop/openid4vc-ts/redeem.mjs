// The whole of a wallet's work on one offer, with the library's client.
import { Openid4vciClient, Openid4vciVersion } from '@openid4vc/openid4vci'
import { callbacks } from './callbacks.mjs'
import { didJwk, newKey } from './keys.mjs'

const clientId = 'third-party-wallet'
const signer = (key) => ({ method: 'jwk', alg: 'ES256', publicJwk: key.jwk })
const didSigner = (key) => ({ method: 'did', alg: 'ES256', didUrl: didJwk(key.jwk) })

/**
 * Redeems an offer and returns what the issuer gave: `{ credentials, holders, tokenType, configuration }`, one holder key for
 * each credential, and what the metadata say of it. `dpop` binds the token; `batch` is the number of key proofs; with
 * `did` they are signed under did:jwk.
 */
export async function redeem(offer, { txCode, dpop = false, batch = 1, configuration, did = false } = {}) {
  const dpopKey = newKey()
  const holders = Array.from({ length: batch }, newKey)
  const client = new Openid4vciClient({ callbacks: callbacks({ keys: [dpopKey, ...holders], clientId }) })

  const credentialOffer = await client.resolveCredentialOffer(offer)
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
  if (issuerMetadata.originalDraftVersion !== Openid4vciVersion.V1) {
    throw new Error(`the library takes the metadata for ${issuerMetadata.originalDraftVersion}, not for version 1.0`)
  }
  const token = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, txCode, dpop: dpop ? { signer: signer(dpopKey) } : undefined,
  })
  const credentialConfigurationId = configuration ?? credentialOffer.credential_configuration_ids[0]
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata })
  const proofs = await Promise.all(holders.map((key) => client.createCredentialRequestJwtProof({
    issuerMetadata, credentialConfigurationId, signer: (did ? didSigner : signer)(key), nonce, clientId,
  })))
  const { credentialResponse } = await client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId, accessToken: token.accessTokenResponse.access_token, dpop: token.dpop,
    proofs: { jwt: proofs.map(({ jwt }) => jwt) },
  })
  return {
    holders,
    credentials: credentialResponse.credentials.map(({ credential }) => credential),
    tokenType: token.accessTokenResponse.token_type,
    configuration: issuerMetadata.credentialIssuer.credential_configurations_supported[credentialConfigurationId],
  }
}
