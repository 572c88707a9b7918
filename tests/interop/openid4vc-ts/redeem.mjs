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
 * `did` they are signed under did:jwk; `draft` is the one that the issuer should be taken for, 1.0 without it.
 */
export async function redeem(offer, { txCode, dpop = false, batch = 1, configuration, did = false, draft } = {}) {
  const dpopKey = newKey()
  const holders = Array.from({ length: batch }, newKey)
  const client = new Openid4vciClient({ callbacks: callbacks({ keys: [dpopKey, ...holders], clientId }) })

  const credentialOffer = await client.resolveCredentialOffer(offer)
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
  const version = draft ? `Draft${draft}` : Openid4vciVersion.V1
  if (issuerMetadata.originalDraftVersion !== version) {
    throw new Error(`the library takes the metadata for ${issuerMetadata.originalDraftVersion}, not for ${version}`)
  }
  const token = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, txCode, dpop: dpop ? { signer: signer(dpopKey) } : undefined,
  })
  const credentialConfigurationId = configuration ?? credentialOffer.credential_configuration_ids[0]
  const nonce = token.accessTokenResponse.c_nonce ?? (await client.requestNonce({ issuerMetadata })).c_nonce
  const proofs = await Promise.all(holders.map((key) => client.createCredentialRequestJwtProof({
    issuerMetadata, credentialConfigurationId, signer: (did ? didSigner : signer)(key), nonce, clientId,
  })))
  const { credentialResponse } = await client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId, accessToken: token.accessTokenResponse.access_token, dpop: token.dpop,
    // Up to draft 13 there is one, which the library leaves to its caller.
    ...(Number(draft) < 15 ? { proof: { proof_type: 'jwt', jwt: proofs[0].jwt } } : { proofs: { jwt: proofs.map(({ jwt }) => jwt) } }),
  })
  return {
    holders,
    credentials: credentialResponse.credentials?.map(({ credential }) => credential) ?? [credentialResponse.credential],
    tokenType: token.accessTokenResponse.token_type,
    configuration: issuerMetadata.credentialIssuer.credential_configurations_supported[credentialConfigurationId],
  }
}
